using NocMonitor.TimeSeries.Tests.Support;
using static NocMonitor.TimeSeries.Tests.Support.StoreStage;

namespace NocMonitor.TimeSeries.Tests.Log;

/// <summary>How long the log is kept: until its samples are in chunks and every consumer has released it.</summary>
public class LogKeepingTests
{
    private StoreStage _stage = null!;

    [SetUp]
    public void OpenStore() => _stage = new StoreStage();

    [TearDown]
    public async Task CloseStoreAsync() => await _stage.DisposeAsync();

    [Test]
    public async Task Without_consumers_the_log_is_cut_once_its_samples_are_in_chunks()
    {
        await WriteBatchesAsync(200);

        _stage.Store.Compact();
        await _stage.ReopenAsync();

        Assert.That(Sequences(0), Is.Empty);
        Assert.That(_stage.Read("m"), Has.Count.EqualTo(200));
    }

    [Test]
    public async Task A_consumer_keeps_what_it_has_not_released_over_a_restart()
    {
        Assert.That(_stage.Store.Register("rules"), Is.Zero);
        await WriteBatchesAsync(10);

        _stage.Store.Release("rules", 7);
        _stage.Store.Compact();
        await _stage.ReopenAsync();

        Assert.That(_stage.Store.Register("rules"), Is.EqualTo(7));
        Assert.That(Sequences(7), Is.EqualTo([8, 9, 10]));
        Assert.That(Sequences(0), Is.EqualTo([8, 9, 10]));
    }

    [Test]
    public async Task The_slowest_of_several_consumers_decides()
    {
        _stage.Store.Register("rules");
        _stage.Store.Register("forward");
        await WriteBatchesAsync(10);
        _stage.Store.Release("rules", 10);
        _stage.Store.Release("forward", 4);

        await _stage.ReopenAsync();
        _stage.Store.Compact();
        await _stage.ReopenAsync();

        Assert.That(Sequences(0), Is.EqualTo([5, 6, 7, 8, 9, 10]));
        _stage.Store.Unregister("forward");
        _stage.Store.Compact();
        await _stage.ReopenAsync();
        Assert.That(Sequences(0), Is.Empty);
    }

    [Test]
    public async Task A_late_release_moves_no_cursor_back()
    {
        _stage.Store.Register("rules");
        await WriteBatchesAsync(5);

        _stage.Store.Release("rules", 4);
        _stage.Store.Release("rules", 2);

        Assert.That(_stage.Store.Register("rules"), Is.EqualTo(4));
    }

    [Test]
    public async Task Beyond_its_limit_the_log_is_cut_and_the_consumer_that_lost_batches_is_named()
    {
        await _stage.DisposeAsync();
        _stage = new StoreStage(options => options with { LogMaxBytes = 200_000 });
        _stage.Store.Register("slow");
        for (var i = 0; i < 40; i++)
        {
            await _stage.WriteAsync(string.Concat(Enumerable.Range(0, 500).Select(second => At((i * -500) - second, $"f={Math.Sin(second + i)}"))));
        }

        long lost = 0;
        for (var round = 0; round < 3; round++)
        {
            _stage.Store.Compact();
            lost += _stage.Store.LostBatches("slow");
            await _stage.ReopenAsync();
        }

        Assert.That(_stage.Log.Lines, Has.Some.Contains("slow lags behind and loses the batches up to"));
        Assert.That(_stage.Store.Register("slow"), Is.GreaterThan(0));
        Assert.That(Sequences(0)[0], Is.EqualTo(_stage.Store.Register("slow") + 1));
        Assert.That(lost, Is.GreaterThan(0).And.LessThanOrEqualTo(_stage.Store.Register("slow")));
    }

    [Test]
    public async Task A_commit_that_was_refused_leaves_no_trace()
    {
        using var batch = _stage.Store.RentBatch("agent1");
        _stage.Fill(batch, At(0, "f=1"));
        await _stage.Store.DisposeAsync();

        Assert.That(async () => await _stage.Store.CommitAsync(batch, CancellationToken.None), Throws.InstanceOf<StoreUnavailableException>());

        await _stage.ReopenAsync();
        Assert.That(_stage.Read("m"), Is.Empty);
    }

    [Test]
    public async Task Many_committers_at_once_all_get_through_in_one_order()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => _stage.WriteAsync(At(i, $"f={i}") + At(500, $"last={i}i"), $"agent{i}")));
        var last = _stage.Read("m")[^1];
        await _stage.ReopenAsync();

        Assert.That(_stage.Read("m"), Has.Count.EqualTo(51));
        Assert.That(_stage.Read("m")[^1], Is.EqualTo(last));
        Assert.That(_stage.Store.LastSequence, Is.EqualTo(50));
    }

    private async Task WriteBatchesAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await _stage.WriteAsync(At(-i, $"f={i}"));
        }
    }

    private List<long> Sequences(long after)
    {
        var sequences = new List<long>();
        foreach (var batch in _stage.Store.Replay(after))
        {
            using (batch)
            {
                sequences.Add(batch.Sequence);
            }
        }

        return sequences;
    }
}
