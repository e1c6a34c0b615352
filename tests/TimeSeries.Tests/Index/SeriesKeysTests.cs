using System.Buffers;
using System.Text;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Tests.Support;
using static NocMonitor.TimeSeries.Tests.Support.StoreStage;

namespace NocMonitor.TimeSeries.Tests.Index;

public class SeriesKeysTests
{
    private StoreStage _stage = null!;

    [SetUp]
    public void OpenStore() => _stage = new StoreStage(options => options with { Retention = TimeSpan.FromDays(2), RollupRetention = TimeSpan.FromDays(2) });

    [TearDown]
    public async Task CloseStoreAsync() => await _stage.DisposeAsync();

    [Test]
    public async Task Random_keys_in_random_orders_find_one_series_each_now_and_after_a_restart()
    {
        var random = new Random(11);
        var keys = Enumerable.Range(0, 300).Select(_ => RandomKey(random)).DistinctBy(key => key.ToString()).ToList();
        var lines = keys.SelectMany(key => Enumerable.Range(0, 7).Select(_ => $"{Sent(key, random)} f=1")).OrderBy(_ => random.Next()).ToList();
        Assert.That(await _stage.WriteAsync(string.Join('\n', lines)), Is.Empty);

        CheckKnown(keys);
        await _stage.ReopenAsync();
        CheckKnown(keys);
        Assert.That(await _stage.WriteAsync(string.Join('\n', lines)), Is.Empty);
        CheckKnown(keys);
    }

    [Test]
    public async Task Keys_compare_as_their_bytes_do()
    {
        var random = new Random(12);
        var keys = Enumerable.Range(0, 150).Select(_ => RandomKey(random)).DistinctBy(key => key.ToString());
        await _stage.WriteAsync(string.Join('\n', keys.Select(key => $"{Sent(key, random)} f=1")));
        var all = All();

        foreach (var (left, right) in all.SelectMany(left => all.Select(right => (left, right))))
        {
            var expected = Encoding.UTF8.GetBytes(left.ToString()).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right.ToString()));
            Assert.That(Math.Sign(Series.CompareKeys(left, right)), Is.EqualTo(Math.Sign(expected)), () => $"{left} and {right}");
        }
    }

    [Test]
    public async Task A_key_is_copied_where_there_is_room_for_all_of_it()
    {
        await _stage.WriteAsync("m,b=2,a=1 f=1");
        var target = new byte[9];

        Assert.That((All()[0].TryCopyKey(target, out var written), written, Encoding.UTF8.GetString(target)), Is.EqualTo((true, 9, "m,a=1,b=2")));
        Assert.That((All()[0].TryCopyKey(target.AsSpan(1), out written), written), Is.EqualTo((false, 0)));
    }

    [Test]
    public async Task A_key_of_very_many_tags_sent_backwards_is_kept()
    {
        var tags = Enumerable.Range(100, 200).Select(i => $"tag{i}=v{i}").ToList();
        await _stage.WriteAsync($"m,{string.Join(',', Enumerable.Reverse(tags))} f=1\nm,{string.Join(',', tags)} f=2");

        Assert.That(All().Single().ToString(), Is.EqualTo($"m,{string.Join(',', tags)}"));
    }

    [Test]
    public async Task More_orders_than_are_remembered_lead_to_one_series()
    {
        var random = new Random(13);
        var tags = Enumerable.Range(0, 9).Select(i => $"t{i}=v").ToList();

        var lines = Enumerable.Range(0, 3000).Select(i => $"m,{string.Join(',', tags.OrderBy(_ => random.Next()))} f={i}");
        Assert.That(await _stage.WriteAsync(string.Join('\n', lines)), Is.Empty);

        Assert.That(All().Single().ToString(), Is.EqualTo($"m,{string.Join(',', tags)}"));
    }

    [Test]
    public async Task More_orders_of_more_series_than_there_is_room_for_lead_to_theirs()
    {
        var random = new Random(14);
        var keys = Enumerable.Range(0, 2500).Select(i => new SeriesKey("m", Enumerable.Range(0, 9).Select(tag => KeyValuePair.Create($"t{tag}", $"{i % (tag + 2)}")).Append(new("id", $"{i}")))).ToList();

        Assert.That(await _stage.WriteAsync(string.Join('\n', keys.Select(key => $"{Sent(key, random)} f=1"))), Is.Empty);
        Assert.That(await _stage.WriteAsync(string.Join('\n', keys.Select(key => $"{Sent(key, random)} f=1"))), Is.Empty);

        CheckKnown(keys);
    }

    [Test]
    public async Task A_forgotten_series_still_tells_its_key_when_its_tags_have_got_another_meaning()
    {
        await _stage.WriteAsync(At(0, "f=1", @"m,b=two,a=o\ ne"));
        var gone = All().Single();
        for (var day = 1; day < 8; day++)
        {
            _stage.Time.Advance(TimeSpan.FromDays(1));
            for (var second = 0; second < 4; second++)
            {
                await _stage.WriteAsync(At((day * 86_400) + second, "f=2", $"m,day={day}"));
            }

            _stage.Store.Compact();
        }

        Assert.That(gone.IsForgotten, Is.True);
        Assert.That(gone.ToString(), Is.EqualTo(@"m,a=o\ ne,b=two"));
        Assert.That((gone.Key.ToString(), gone.FindTag("a"), gone.FindTag("c")), Is.EqualTo((gone.ToString(), "o ne", (string?)null)));
        Assert.That(_stage.Store.Index.TagKeys("m"), Is.EqualTo(new[] { "day" }));
    }

    private List<Series> All() => [.. Enumerable.Range(0, _stage.Store.Index.Count).Select(_stage.Store.Index.Find).OfType<Series>()];

    private void CheckKnown(List<SeriesKey> keys)
    {
        var all = All();
        Assert.That(all.Select(series => series.Key), Is.EquivalentTo(keys));
        Assert.That(all.Select(series => series.ToString()), Is.EqualTo(all.Select(series => series.Key.ToString())));
        foreach (var key in keys)
        {
            var matchers = key.Tags.Select(tag => TagMatcher.Equal(tag.Key, tag.Value)).ToList();
            var found = _stage.Store.Index.Find(key.Measurement, matchers).Single(series => series.Key.Equals(key));
            Assert.That(key.Tags.Select(tag => found.FindTag(tag.Key)), Is.EqualTo(key.Tags.Select(tag => tag.Value)));
        }
    }

    private static SeriesKey RandomKey(Random random)
    {
        string[] names = ["a", "aa", "b", "host", "ho,st", "a b", "k=v", "ключ", "z\U0001F600", "z\uFFFD", @"b\s"];
        string[] values = ["1", "12", "1,2", "a=b", "x y", "é", "\U0001F600", @"c:\d", ",", "="];
        var tags = names.Where(_ => random.Next(3) > 0).Select(name => KeyValuePair.Create(name, values[random.Next(values.Length)] + (random.Next(2) == 0 ? "" : values[random.Next(values.Length)])));
        return new SeriesKey(random.Next(3) == 0 ? "m,1 =" : "m", tags);
    }

    /// <summary>The key with its tags in any order.</summary>
    private static string Sent(SeriesKey key, Random random)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var tag in key.Tags.OrderBy(_ => random.Next()))
        {
            LineWriter.TryWriteTag(output, tag.Key, tag.Value);
        }

        var measurement = new SeriesKey(key.Measurement, []).ToString();
        return measurement + Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
