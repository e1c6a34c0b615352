using NocMonitor.Testing;

namespace NocMonitor.Agent.Tests.Hosting;

public class ConfigReloadTests
{
    private AgentStage _stage = null!;

    [SetUp]
    public void Build()
    {
        _stage = new AgentStage();
        _stage.Configure("", "a", "b");
        _stage.Start();
    }

    [TearDown]
    public async Task ClearAsync() => await _stage.DisposeAsync();

    [Test]
    public async Task A_changed_file_restarts_the_changed_probe_and_leaves_the_other_alone()
    {
        _stage.Configure("", "a", "b'");
        await _stage.AdvanceUntilAsync(() => _stage.Made.Count == 3);
        await Eventually.Async(() => _stage.Made[1].Probe.IsDisposed);

        Assert.That(_stage.Made.Select(made => made.Id), Is.EqualTo(new[] { "a", "b", "b'" }));
        Assert.That(_stage.Made[0].Probe.IsDisposed, Is.False);
        Assert.That(_stage.Log, Has.Some.Contains("1 started, 1 stopped, 1 kept"));
    }

    [Test]
    public async Task A_bad_file_keeps_everything_and_says_each_error_until_it_is_mended()
    {
        _stage.Write("""{ "Agent": { "FlushInterval": "x", "Probes": [ { "Type": "other" } ] } }""");
        await _stage.AdvanceUntilAsync(() => !_stage.Runtime.IsConfigGood);
        var (probes, errors) = (_stage.Runtime.Scheduler.Probes, _stage.Log.Count(line => line.Contains("ConfigError", StringComparison.Ordinal)));

        _stage.Configure("", "a", "b");
        await _stage.AdvanceUntilAsync(() => _stage.Runtime.IsConfigGood);

        Assert.That((probes, errors, _stage.Made.Count), Is.EqualTo((2, 2, 2)));
        Assert.That(_stage.Runtime.Counters.ConfigErrors, Is.EqualTo(1));
    }

    [Test]
    public async Task Half_a_file_is_never_applied()
    {
        _stage.Write("""{ "Agent": { "Probes": [""");
        await _stage.AdvanceUntilAsync(() => !_stage.Runtime.IsConfigGood);

        Assert.That(_stage.Runtime.Scheduler.Probes, Is.EqualTo(2));
    }

    [Test]
    public async Task A_file_that_disappears_keeps_everything()
    {
        File.Delete(Path.Combine(_stage.Request.WorkingFolder, "appsettings.json"));
        await _stage.AdvanceUntilAsync(() => !_stage.Runtime.IsConfigGood);

        Assert.That(_stage.Runtime.Scheduler.Probes, Is.EqualTo(2));
    }

    [Test]
    public async Task A_probe_that_cannot_be_made_keeps_the_old_set()
    {
        _stage.Configure("", "a", "broken");
        await _stage.AdvanceUntilAsync(() => !_stage.Runtime.IsConfigGood);

        Assert.That(_stage.Log, Has.Some.Contains("probe broken: no right to do that"));
        Assert.That(_stage.Made.Select(made => made.Probe.IsDisposed), Is.EqualTo(new[] { false, false }));
    }

    [Test]
    public async Task A_changed_device_profile_starts_the_probes_that_read_its_folder_anew_and_a_bad_one_keeps_the_old()
    {
        _stage.WriteFile("profiles/fan.yaml", "device: {vendor: First}");
        _stage.Write($$"""
            { "Agent": { "Data": "data", "Collectors": [ { "Url": "{{_stage.Collector.Url}}" } ], "Probes": [
              { "Type": "fake", "Name": "a", "Id": "a" },
              { "Type": "snmp", "Hosts": [ "127.0.0.1:9" ], "ProfileFolders": [ "profiles" ], "Credentials": { "c": { "Community": "public" } } } ] } }
            """);
        await _stage.AdvanceUntilAsync(() => _stage.Log.Any(line => line.Contains("1 started, 1 stopped, 1 kept", StringComparison.Ordinal)));

        _stage.WriteFile("profiles/fan.yaml", "device: {vendor: Second}");
        await _stage.AdvanceUntilAsync(() => Applied() == 2);
        _stage.WriteFile("profiles/fan.yaml", "device: {vendor: [");
        await _stage.AdvanceUntilAsync(() => Applied() == 3);

        Assert.That(_stage.Log, Has.Exactly(1).Contains("fan.yaml was changed and has errors now; the profile that it held before stays"));
        Assert.That((_stage.Made.Count(made => made.Id == "a"), _stage.Runtime.IsConfigGood), Is.EqualTo((1, true)));
    }

    [Test]
    public async Task Asked_for_it_reads_again_at_once()
    {
        _stage.Write("{");
        _stage.AskReload();

        await Eventually.Async(() => !_stage.Runtime.IsConfigGood);
    }

    [Test]
    public async Task New_tags_and_another_collector_take_over()
    {
        await using var other = new FakeCollector();
        _stage.Write($$"""{ "Agent": { "Tags": { "site": "north" }, "Data": "data", "Collectors": [ { "Url": "{{other.Url}}" } ], "Probes": [ { "Type": "fake", "Id": "a" } ] } }""");
        await _stage.AdvanceUntilAsync(() => other.Accepted.Any(line => line.StartsWith("fake,", StringComparison.Ordinal)));

        Assert.That(other.Accepted.Where(line => line.StartsWith("fake,", StringComparison.Ordinal)), Has.All.Contains(",site=north"));
    }

    /// <summary>How often one probe of two was started anew.</summary>
    private int Applied() => _stage.Log.Count(line => line.Contains("1 started, 1 stopped, 1 kept", StringComparison.Ordinal));
}
