using NocMonitor.TimeSeries.Tests.Support;
using static NocMonitor.TimeSeries.Tests.Support.StoreStage;

namespace NocMonitor.TimeSeries.Tests.Retention;

/// <summary>Series of which nothing is left: when they go, what keeps them, and what comes back. Samples and roll-ups are kept for two days unless a test says otherwise.</summary>
public class SeriesForgettingTests
{
    private const int Day = 86_400;

    private StoreStage _stage = null!;
    private int _ticks;

    [SetUp]
    public void OpenStore() => _stage = new StoreStage(options => options with { Retention = TimeSpan.FromDays(2), RollupRetention = TimeSpan.FromDays(2) });

    [TearDown]
    public async Task CloseStoreAsync() => await _stage.DisposeAsync();

    [Test]
    public async Task A_series_is_forgotten_when_the_last_of_it_is_past_its_retention()
    {
        await _stage.WriteAsync(At(0, "f=1", "m,host=a") + At(0, "f=1", "m,host=b"));
        var gone = Only("a");
        for (var day = 1; day < 5; day++)
        {
            await PassAsync(days: 1, At(day * Day, "f=2", "m,host=b"));
        }

        await SettleAsync();

        Assert.That(Known(), Is.EqualTo("m: b"));
        Assert.That(gone.IsForgotten, Is.True);
        Assert.That(_stage.Store.Index.Find(gone.Id), Is.Null);
        Assert.That((_stage.Store.Index.Live, _stage.Store.Index.Forgotten), Is.EqualTo((2, 1L)), "b, and the one that ticks");
        await _stage.ReopenAsync();
        Assert.That(Known(), Is.EqualTo("m: b"));
        Assert.That(_stage.Store.Index.Live, Is.EqualTo(2));
    }

    [Test]
    public async Task Roll_ups_keep_a_series_whose_samples_are_gone()
    {
        var stage = _stage = await ReplaceAsync(options => options with { Retention = TimeSpan.FromDays(2), RollupRetention = TimeSpan.FromDays(10) });
        await stage.WriteAsync(At(0, "f=1", "m,host=a"));
        await PassAsync(days: 5);
        await SettleAsync();
        Assert.That(Known(), Is.EqualTo("m: a"));

        await PassAsync(days: 8);
        await SettleAsync();

        Assert.That(Known(), Is.Empty);
    }

    [Test]
    public async Task A_point_that_was_on_its_way_when_the_series_was_hidden_is_stored_in_it()
    {
        _stage.Store.Register("keeps the log until the batch is filled");
        await _stage.WriteAsync(At(0, "f=1", "m,host=a"));
        var series = Only("a");
        await PassAsync(days: 4);
        using var batch = _stage.Store.RentBatch("agent1");
        _stage.Fill(batch, At(4 * Day, "f=2", "m,host=a"));
        _stage.Store.Unregister("keeps the log until the batch is filled");
        await SettleAsync();
        await SettleAsync();
        Assert.That(Known(), Is.Empty, "hidden");

        await _stage.Store.CommitAsync(batch, CancellationToken.None);
        await SettleAsync();

        Assert.That(Only("a"), Is.SameAs(series));
        Assert.That(_stage.Read("m"), Is.EqualTo([$"{4 * Day} f=2"]));
        await _stage.ReopenAsync();
        Assert.That(_stage.Read("m"), Is.EqualTo([$"{4 * Day} f=2"]));
    }

    [Test]
    public async Task A_batch_that_found_the_series_after_it_was_hidden_keeps_it_as_long_as_it_is_open()
    {
        _stage.Store.Register("keeps the log until the batch is filled");
        await _stage.WriteAsync(At(0, "f=1", "m,host=a"));
        var series = Only("a");
        _stage.Store.Delete([series], long.MinValue, long.MaxValue, drop: true);
        await SettleAsync();
        var batch = _stage.Store.RentBatch("agent1");
        _stage.Fill(batch, At(0, "f=2", "m,host=a"));
        _stage.Store.Unregister("keeps the log until the batch is filled");

        await SettleAsync();
        await SettleAsync();
        Assert.That((batch.Rows[0].Series == series, series.IsForgotten), Is.EqualTo((true, false)));
        batch.Dispose();
        await SettleAsync();
        await SettleAsync();

        Assert.That(series.IsForgotten, Is.True);
    }

    [Test]
    public async Task A_series_that_comes_back_after_it_was_forgotten_is_another_one_with_another_id()
    {
        await _stage.WriteAsync(At(0, "f=1", "m,host=a") + At(0, "f=1", "m,host=b"));
        var gone = Only("a");
        await PassAsync(days: 4, At(4 * Day, "f=2", "m,host=b"));
        await SettleAsync();

        await _stage.WriteAsync(At(4 * Day, "f=3", "m,host=a"));

        Assert.That(Only("a").Id, Is.GreaterThan(gone.Id));
        Assert.That(_stage.Read("m", TagMatcher.Equal("host", "a")), Is.EqualTo([$"{4 * Day} f=3"]));
        await _stage.ReopenAsync();
        Assert.That(_stage.Read("m", TagMatcher.Equal("host", "a")), Is.EqualTo([$"{4 * Day} f=3"]));
        Assert.That(Known(), Is.EqualTo("m: a b"));
    }

    [Test]
    public async Task A_consumer_that_lags_keeps_the_series_that_its_part_of_the_log_names()
    {
        _stage.Store.Register("forwarder");
        await _stage.WriteAsync(At(0, "f=1", "m,host=a"));
        await PassAsync(days: 4);
        await SettleAsync();
        await SettleAsync();

        Assert.That(Replayed(), Is.EqualTo(["m,host=a"]));
        _stage.Store.Release("forwarder", _stage.Store.LastSequence);
        await SettleAsync();
        await SettleAsync();

        Assert.That(_stage.Store.Index.Forgotten, Is.EqualTo(1));
        Assert.That(Replayed(), Is.Empty);
    }

    [Test]
    public async Task A_series_that_somebody_holds_stays_until_it_is_let_go()
    {
        await _stage.WriteAsync(At(0, "f=1", "m,host=a"));
        _stage.Store.Hold(series => series.Key.FindTag("host") == "a");
        await PassAsync(days: 4);
        await SettleAsync();
        await SettleAsync();
        Assert.That(Known(), Is.EqualTo("m: a"));

        _stage.Store.Hold(_ => false);
        await SettleAsync();

        Assert.That(Known(), Is.Empty);
    }

    [Test]
    public async Task A_series_that_was_silent_before_a_restart_goes_as_early_as_without_it()
    {
        await _stage.WriteAsync(At(0, "f=1", "m,host=a") + At(0, "f=1", "m,host=b"));
        await PassAsync(days: 2, At(2 * Day, "f=2", "m,host=b"));
        _stage.Store.Compact();
        await _stage.ReopenAsync();
        await PassAsync(days: 1.5, At(3.5 * Day, "f=3", "m,host=b"));

        await SettleAsync();

        Assert.That(Known(), Is.EqualTo("m: b"));
    }

    [Test]
    public async Task Neighbours_whose_keys_are_kept_as_differences_are_read_after_others_went()
    {
        await _stage.WriteAsync(string.Concat(Enumerable.Range(0, 300).Select(i => At(0, "f=1", $"m,host=host-{i},site=north"))));
        await PassAsync(days: 2, string.Concat(Stay().Select(i => At(2 * Day, $"f={i}", $"m,host=host-{i},site=north"))));
        await PassAsync(days: 2);
        await SettleAsync();

        await _stage.ReopenAsync();

        Assert.That(_stage.Store.Index.TagValues("m", "host"), Is.EqualTo(Stay().Select(i => $"host-{i}").Order(StringComparer.Ordinal)));
        Assert.That(Stay().SelectMany(i => _stage.Read("m", TagMatcher.Equal("host", $"host-{i}"))), Is.EqualTo(Stay().Select(i => $"{2 * Day} f={i}")));
        Assert.That(_stage.Store.Index.Find("m").Select(series => series.OriginName).Distinct(), Is.EqualTo(["agent1"]));

        static IEnumerable<int> Stay() => Enumerable.Range(0, 300).Where(i => i % 3 == 1);
    }

    [Test]
    public async Task The_last_series_of_a_measurement_takes_its_fields_along_and_they_may_have_another_type()
    {
        await _stage.WriteAsync(At(0, "f=1", "m,host=a"));
        await PassAsync(days: 4);
        await SettleAsync();

        Assert.That(_stage.Store.Index.Fields("m"), Is.Empty);
        Assert.That(await _stage.WriteAsync(At(4 * Day, "f=\"up\"", "m,host=a")), Is.Empty);
        await _stage.ReopenAsync();
        Assert.That(_stage.Read("m"), Is.EqualTo([$"{4 * Day} f=up"]));
    }

    [Test]
    public async Task A_dropped_series_is_forgotten_as_soon_as_the_log_does_not_name_it()
    {
        await _stage.WriteAsync(At(0, "f=1", "m,host=a") + At(0, "f=1", "m,host=b"));
        var dropped = Only("a");

        _stage.Store.Delete([dropped], long.MinValue, long.MaxValue, drop: true);
        await SettleAsync();
        await SettleAsync();

        Assert.That(dropped.IsForgotten, Is.True);
        Assert.That(_stage.Read("m"), Is.EqualTo(["0 f=1"]));
    }

    [Test]
    public async Task A_log_that_still_has_the_catalog_of_before_brings_empty_series_back_and_they_go_again()
    {
        await _stage.WriteAsync(At(0, "f=1", "m,host=a") + At(0, "f=1", "m,host=b"));
        await PassAsync(days: 4, At(4 * Day, "f=2", "m,host=b"));
        await _stage.ReopenAfterAsync(folder => File.Copy(Path.Combine(folder, "log.db"), Path.Combine(folder, "before")));
        await PassAsync(days: 0.1);
        await SettleAsync();
        await SettleAsync();
        Assert.That(Known(), Is.EqualTo("m: b"));

        await _stage.ReopenAfterAsync(folder => File.Move(Path.Combine(folder, "before"), Path.Combine(folder, "log.db"), overwrite: true));
        Assert.That(_stage.Read("m"), Is.EqualTo([$"{4 * Day} f=2"]));
        await PassAsync(days: 1, At(5 * Day, "f=3", "m,host=b"));
        await SettleAsync();
        await SettleAsync();

        Assert.That(Known(), Is.EqualTo("m: b"));
    }

    [Test]
    public async Task In_a_month_of_containers_that_come_and_go_the_limit_holds_and_none_is_refused()
    {
        var stage = _stage = await ReplaceAsync(options => options with { Retention = TimeSpan.FromDays(2), RollupRetention = TimeSpan.FromDays(2), MaxSeries = 400 });
        for (var day = 0; day < 31; day++)
        {
            var lines = Enumerable.Range(0, 80).Select(i => At(day * Day, "f=1", $"docker,container=c{day}-{i}")).Append(At(day * Day, "f=1", "docker,container=always"));

            Assert.That(await stage.WriteAsync(string.Concat(lines)), Is.Empty, $"day {day}");
            stage.Time.Advance(TimeSpan.FromDays(1));
            await SettleAsync();
            if (day % 10 == 9)
            {
                await stage.ReopenAsync();
            }
        }

        Assert.That(stage.Store.Index.Live, Is.LessThanOrEqualTo((4 * 80) + 2));
        Assert.That(stage.Store.Index.TagValues("docker", "container"), Has.Count.LessThanOrEqualTo((3 * 80) + 1));
        Assert.That(stage.Store.Index.TagValues("docker", "container"), Does.Contain("always").And.Not.Contain("c20-0"));
        Assert.That(new FileInfo(Path.Combine(stage.Folder, "samples.db")).Length, Is.LessThan(600_000));
    }

    /// <summary>Lets days go by, at the end of which lines come.</summary>
    private async Task PassAsync(double days, string lines = "")
    {
        _stage.Store.Compact();
        _stage.Time.Advance(TimeSpan.FromDays(days));
        await _stage.WriteAsync(lines.Length > 0 ? lines : Tick());
    }

    /// <summary>Two rounds of housekeeping, the log cut between them: the log's thread cuts after one commit and before the next.</summary>
    private async Task SettleAsync()
    {
        _stage.Store.Compact();
        for (var commit = 0; commit < 3; commit++)
        {
            await _stage.WriteAsync(Tick());
        }

        _stage.Store.Compact();
    }

    private string Tick() => $"tick f={_ticks++} {LineProtocol.UnixNanoseconds.From(_stage.Time.GetUtcNow())}\n";

    private async Task<StoreStage> ReplaceAsync(Func<StoreOptions, StoreOptions> adapt)
    {
        await _stage.DisposeAsync();
        return new StoreStage(adapt);
    }

    private Series Only(string host) => _stage.Store.Index.Find("m", TagMatcher.Equal("host", host))[0];

    private List<string> Replayed()
    {
        var keys = new List<string>();
        foreach (var batch in _stage.Store.Replay(0))
        {
            using (batch)
            {
                keys.AddRange(batch.Rows.ToArray().Select(row => row.Series.ToString()).Where(key => !key.StartsWith("tick", StringComparison.Ordinal)));
            }
        }

        return keys;
    }

    private string Known() => string.Join("; ", _stage.Store.Index.Measurements.Where(name => name != "tick")
        .Select(name => $"{name}: {string.Join(' ', _stage.Store.Index.TagValues(name, "host"))}"));
}
