using NocMonitor.TimeSeries.Tests.Support;
using static NocMonitor.TimeSeries.Tests.Support.StoreStage;

namespace NocMonitor.TimeSeries.Tests;

public class TimeSeriesStoreTests
{
    private StoreStage _stage = null!;

    [SetUp]
    public void OpenStore() => _stage = new StoreStage();

    [TearDown]
    public async Task CloseStoreAsync() => await _stage.DisposeAsync();

    [Test]
    public async Task Committed_samples_are_readable_at_once_with_every_kind_of_value()
    {
        await _stage.WriteAsync($"m,host=a f=1.5,i=-7i,u=18446744073709551615u,b=true,s=\"sp\\\"am\" {StoreStage.Start}");

        Assert.That(_stage.Read("m"), Is.EqualTo(["0 b=True f=1.5 i=-7 s=sp\"am u=18446744073709551615"]).IgnoreCase);
    }

    [Test]
    public async Task Samples_survive_closing_and_opening()
    {
        await _stage.WriteAsync(Lines("m,host=a", 1000));
        var before = _stage.Read("m");

        await _stage.ReopenAsync();

        Assert.That(before, Has.Count.EqualTo(1000));
        Assert.That(_stage.Read("m"), Is.EqualTo(before));
    }

    [Test]
    public async Task A_sequence_goes_on_ascending_after_a_restart()
    {
        await _stage.WriteAsync("m f=1");
        var before = _stage.Store.LastSequence;
        await _stage.ReopenAsync();

        await _stage.WriteAsync("m f=2");

        Assert.That(_stage.Store.LastSequence, Is.EqualTo(before + 1));
    }

    [Test]
    public async Task Series_keep_their_ids_and_fields_their_places_over_a_restart()
    {
        await _stage.WriteAsync("m,host=a x=1,y=2i\nm,host=b y=1i,z=true\nm,host=a z=false");
        var before = Describe();

        await _stage.ReopenAsync();

        Assert.That(before, Is.EqualTo(["0 m,host=a x y z", "1 m,host=b y z"]));
        Assert.That(Describe(), Is.EqualTo(before));
    }

    [Test]
    public async Task Late_and_out_of_order_points_come_back_in_order_of_time()
    {
        await _stage.WriteAsync(At(30, "f=3") + At(10, "f=1"));
        await _stage.WriteAsync(At(20, "f=2"));
        await _stage.ReopenAsync();
        await _stage.WriteAsync(At(15, "f=1.5") + At(-4000, "f=0"));

        Assert.That(_stage.Read("m"), Is.EqualTo(["-4000 f=0", "10 f=1", "15 f=1.5", "20 f=2", "30 f=3"]));
    }

    [Test]
    public async Task Points_of_one_series_and_time_become_one_and_the_last_value_wins()
    {
        await _stage.WriteAsync(At(10, "f=1,g=1") + At(20, "f=5") + At(10, "f=2,h=3"));
        await _stage.WriteAsync(At(10, "f=3"));

        Assert.That(_stage.Read("m"), Is.EqualTo(["10 f=3 g=1 h=3", "20 f=5"]));
    }

    [Test]
    public async Task A_duplicate_of_a_point_that_is_in_a_chunk_already_wins_too()
    {
        await _stage.WriteAsync(At(10, "f=1,g=1"));
        await _stage.ReopenAsync();
        await _stage.WriteAsync(At(10, "f=2"));

        Assert.That(_stage.Read("m"), Is.EqualTo(["10 f=2 g=1"]));

        await _stage.ReopenAsync();

        Assert.That(_stage.Read("m"), Is.EqualTo(["10 f=2 g=1"]));
    }

    [Test]
    public async Task A_field_keeps_the_type_of_its_first_value_over_the_whole_measurement()
    {
        await _stage.WriteAsync("m,host=a x=1i");

        var rejects = await _stage.WriteAsync("m,host=a x=2\nm,host=b x=3,y=1\nm,host=c x=4i\nn x=5");

        var conflict = "field type conflict: input field \"x\" on measurement \"m\" is type float, already exists as type integer";
        Assert.That(rejects, Is.EqualTo([conflict, conflict]));
        Assert.That(_stage.Store.Index.Find("m").Select(series => series.ToString()), Is.EqualTo(["m,host=a", "m,host=c"]));
    }

    [Test]
    public async Task A_counter_of_64_bits_that_comes_as_integer_and_as_unsigned_is_one_field()
    {
        await _stage.WriteAsync("m x=1i,y=18446744073709551615u");
        Assert.That(_stage.Read("m"), Is.EqualTo(["0 x=1 y=18446744073709551615"]));

        var rejects = await _stage.WriteAsync("m x=18446744073709551615u\nm y=7i\nm z=1i,y=-1i\nm y=1");

        Assert.That(rejects, Has.Count.EqualTo(2).And.All.Contains("field \"y\" on measurement \"m\""));
        Assert.That(_stage.Read("m"), Is.EqualTo(["0 x=-1 y=7"]));
    }

    [Test]
    public async Task Tags_in_another_order_or_spelling_name_the_same_series()
    {
        await _stage.WriteAsync(At(1, "f=1", "m,a=1,b=2") + At(2, "f=2", "m,b=2,a=1") + At(3, "f=3", @"m,b=2,\a=1"));

        Assert.That(_stage.Store.Index.Count, Is.EqualTo(2));
        Assert.That(_stage.Read("m", TagMatcher.Equal("a", "1")), Is.EqualTo(["1 f=1", "2 f=2"]));
    }

    [Test]
    public async Task A_batch_says_what_it_holds()
    {
        using var batch = _stage.Store.RentBatch("agent7");
        _stage.Fill(batch, "m,host=a f=1.5,s=\"ok\" 1767600000000000000\n");
        await _stage.Store.CommitAsync(batch, CancellationToken.None);

        var row = batch.Rows[0];
        Assert.That((batch.Rows.Length, batch.OriginName, batch.Sequence), Is.EqualTo((1, "agent7", 1L)));
        Assert.That((row.Series.Key.FindTag("host"), row.Timestamp), Is.EqualTo(("a", StoreStage.Start)));
        Assert.That(batch.Values(row)[0].AsDouble(), Is.EqualTo(1.5));
        Assert.That(batch.Text(batch.Values(row)[1]), Is.EqualTo("ok"));
    }

    [Test]
    public async Task Replay_gives_the_committed_batches_after_a_sequence()
    {
        _stage.Store.Register("rules");
        await _stage.WriteAsync("m,host=a f=1");
        await _stage.WriteAsync("m,host=b s=\"text\",f=2", "agent2");
        await _stage.WriteAsync("m,host=c f=3");

        Assert.That(Replayed(1), Is.EqualTo(["2 agent2 m,host=b", "3 agent1 m,host=c"]));

        await _stage.ReopenAsync();

        Assert.That(Replayed(0), Is.EqualTo(["1 agent1 m,host=a", "2 agent2 m,host=b", "3 agent1 m,host=c"]));
    }

    private static string Lines(string key, int count) => string.Concat(Enumerable.Range(-count, count).Select(i => At(i * 10, $"f={i / 4.0},n={i}i", key)));

    private List<string> Describe() =>
        [.. _stage.Store.Index.Find("m").Select(series => $"{series.Id} {series} {string.Join(' ', series.Fields.Select(field => field.Name))}")];

    private List<string> Replayed(long after)
    {
        var seen = new List<string>();
        foreach (var batch in _stage.Store.Replay(after))
        {
            using (batch)
            {
                seen.Add($"{batch.Sequence} {batch.OriginName} {batch.Rows[0].Series}");
            }
        }

        return seen;
    }
}
