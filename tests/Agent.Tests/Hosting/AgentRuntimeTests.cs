using Microsoft.Extensions.Logging.Abstractions;
using NocMonitor.Agent.Hosting;
using NocMonitor.Probes.Snmp.Engine;

namespace NocMonitor.Agent.Tests.Hosting;

public class AgentRuntimeTests
{
    private AgentStage _stage = null!;

    [SetUp]
    public void Build() => _stage = new AgentStage();

    [TearDown]
    public async Task ClearAsync() => await _stage.DisposeAsync();

    [Test]
    public async Task Points_of_every_probe_and_a_heartbeat_arrive_within_fifteen_seconds()
    {
        _stage.Configure("", "a", "b", "c");
        _stage.Start();
        var started = _stage.Time.GetTimestamp();

        await _stage.AdvanceUntilAsync(() => Measurements("fake") >= 3 && Measurements("probe") >= 3 && Measurements("agent") >= 1);

        Assert.That(_stage.Time.GetElapsedTime(started), Is.LessThanOrEqualTo(TimeSpan.FromSeconds(15)));
    }

    [Test]
    public async Task A_second_agent_on_the_same_data_folder_does_not_start_and_leaves_the_first_alone()
    {
        _stage.Configure("", "a");
        _stage.Start();
        var options = _stage.Runtime.Options;

        Assert.That(() => new AgentRuntime(options, _stage.Time, NullLoggerFactory.Instance), Throws.TypeOf<IOException>().With.Message.EqualTo("another agent is running on this folder"));

        await _stage.AdvanceUntilAsync(() => Measurements("fake") >= 2);
        await _stage.StopAgentAsync();
        await using var next = new AgentRuntime(options, _stage.Time, NullLoggerFactory.Instance);
    }

    [Test]
    public async Task The_heartbeat_comes_at_its_interval_whatever_the_probes_do()
    {
        _stage.Configure("\"HeartbeatInterval\": \"5s\", ");
        _stage.Start();
        var started = _stage.Time.GetTimestamp();

        await _stage.AdvanceUntilAsync(() => Measurements("agent") >= 5);

        Assert.That(_stage.Time.GetElapsedTime(started), Is.InRange(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30)));
    }

    [Test]
    public async Task The_heartbeat_says_how_delivery_probes_and_process_are()
    {
        _stage.Configure("", "a");
        _stage.Start();

        await _stage.AdvanceUntilAsync(() => Measurements("agent") >= 2);

        var line = _stage.Collector.Accepted.Last(accepted => accepted.StartsWith("agent,", StringComparison.Ordinal));
        foreach (var field in new[]
        {
            "spool_bytes", "spool_age_s", "dropped", "sent", "errors", "probe_overruns", "cpu_s", "rss", "uptime", "config_ok=1i", "tls_verification_off=0i", "probes=1i", "version=\"",
        })
        {
            Assert.That(line, Does.Contain(field));
        }
    }

    [Test]
    public async Task The_heartbeat_says_what_asking_by_SNMP_came_to_once_a_probe_does()
    {
        _stage.Configure("", "a");
        _stage.Start();
        await _stage.AdvanceUntilAsync(() => Measurements("agent") >= 1);
        Assert.That(_stage.Collector.Accepted.Last(Heartbeat), Does.Not.Contain("snmp_"));

        SnmpEngine.Of(_stage.Context!);
        var before = Measurements("agent");
        await _stage.AdvanceUntilAsync(() => Measurements("agent") >= before + 2);

        Assert.That(_stage.Collector.Accepted.Last(Heartbeat), Does.Contain("snmp_requests=0i").And.Contain("snmp_wrong_source=0i"));

        static bool Heartbeat(string line) => line.StartsWith("agent,", StringComparison.Ordinal);
    }

    [Test]
    public async Task What_was_collected_last_is_delivered_when_the_agent_stops()
    {
        _stage.Configure("\"FlushInterval\": \"10m\", ", "a");
        _stage.Start();
        await _stage.AdvanceUntilAsync(() => _stage.Runtime.Counters.PointsCollected >= 3);

        await _stage.StopAgentAsync();

        Assert.That(Measurements("fake"), Is.EqualTo(1));
    }

    [Test]
    public async Task With_a_collector_that_never_answers_the_agent_still_stops_and_says_that_points_wait()
    {
        _stage.Collector.Answer(FakeAnswer.Hang);
        _stage.Configure("", "a");
        _stage.Start();
        await _stage.AdvanceUntilAsync(() => _stage.Collector.Requests.Count > 0);
        var started = _stage.Time.GetTimestamp();

        await _stage.StopAgentAsync();

        Assert.That(_stage.Time.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(5)));
        Assert.That(_stage.Log, Has.Some.Contains("NotFlushed"));
    }

    private int Measurements(string name) => _stage.Collector.Accepted.Count(line => line.StartsWith(name + ",", StringComparison.Ordinal));
}
