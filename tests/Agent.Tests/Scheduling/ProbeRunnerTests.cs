using NocMonitor.Agent.Scheduling;
using NocMonitor.LineProtocol;
using NocMonitor.Probes;
using NocMonitor.Testing;

namespace NocMonitor.Agent.Tests.Scheduling;

public class ProbeRunnerTests
{
    private ManualTimeProvider _time = null!;
    private AgentCounters _counters = null!;
    private RecordingOutlet _outlet = null!;
    private LogLines _log = null!;
    private ProbeRunner? _runner;

    [SetUp]
    public void Build()
    {
        (_time, _counters, _runner) = (new ManualTimeProvider(), new AgentCounters(), null);
        _outlet = new RecordingOutlet();
        _log = new LogLines(_time);
    }

    [TearDown]
    public void Clear() => _log.Dispose();

    [Test]
    public async Task A_round_ends_with_a_point_about_itself()
    {
        await RunAsync(points =>
        {
            points.Add(new Point("ping").Tag("host", "db1").Field("result_code", 0L));
            points.Add(new Point("ping").Tag("host", "db2").Field("result_code", 0L));
            _time.Advance(TimeSpan.FromMilliseconds(250));
        });

        Assert.That(_outlet.Lines[^1], Does.StartWith("probe,probe=a,type=fake,agent=agent-1,site=north,rack=4,host=host-1 result_code=0i,duration_ms=250,points=2i"));
    }

    [Test]
    public async Task A_point_gets_agent_host_time_and_tags_unless_it_has_its_own()
    {
        await RunAsync(points =>
        {
            points.Add(new Point("cpu").Field("usage", 1L));
            points.Add(new Point("ping").Tag("host", "db1").Tag("site", "south").Field("loss", 0L).At(_time.GetUtcNow() + TimeSpan.FromSeconds(1)));
        });

        var now = UnixNanoseconds.From(_time.GetUtcNow());
        Assert.That(_outlet.Lines.Take(2), Is.EqualTo(new[]
        {
            $"cpu,agent=agent-1,site=north,rack=4,host=host-1 usage=1i {now}",
            $"ping,host=db1,site=south,agent=agent-1,rack=4 loss=0i {now + 1_000_000_000}",
        }));
    }

    [Test]
    public async Task An_exception_costs_the_round_and_is_logged_once_until_it_changes()
    {
        for (var i = 0; i < 3; i++)
        {
            await RunAsync(_ => throw new InvalidOperationException("wires cut"));
        }

        Assert.That(_outlet.Lines, Has.Exactly(3).Contains("result_code=6i").And.Exactly(3).Contains("error=\"InvalidOperationException: wires cut\""));
        Assert.That(_counters.ProbeErrors, Is.EqualTo(3));
        Assert.That(_log.Lines, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_round_over_its_time_limit_is_cancelled_and_reported_as_such()
    {
        var probe = new FakeProbe((_, _, token) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token));
        var running = Runner().RunAsync(SomeProbe.Entry("a", probe, limitSeconds: 3), probe, CancellationToken.None);
        await probe.NextRoundAsync();

        _time.Advance(TimeSpan.FromSeconds(3));
        await running;

        Assert.That(_outlet.Lines.Single(), Does.Contain("result_code=2i").And.Contain("time limit of 3s"));
        Assert.That(_counters.ProbeTimeouts, Is.EqualTo(1));
    }

    [Test]
    public async Task Points_after_the_end_of_the_round_are_dropped_and_counted()
    {
        IPointSink? kept = null;
        await RunAsync(points => kept = points);

        kept!.Add(new Point("late").Field("f", 1L));

        Assert.That(_outlet.Lines, Has.None.StartsWith("late"));
        Assert.That(_outlet.Dropped, Is.EqualTo(1));
    }

    [Test]
    public async Task A_line_longer_than_any_collector_takes_is_dropped_alone()
    {
        await RunAsync(points =>
        {
            points.Add(new Point("a").Field("f", 1L));
            points.Add(new Point("b").Field("f", new string('x', 70_000)));
            points.Add(new Point("c").Field("f", 1L));
        });

        Assert.That(_outlet.Lines.Select(line => line[..1]), Is.EqualTo(new[] { "a", "c", "p" }));
        Assert.That(_outlet.Dropped, Is.EqualTo(1));
    }

    [Test]
    public async Task A_result_that_changes_and_what_confirms_it_go_at_once_and_one_that_stays_waits()
    {
        var runner = Runner();
        var flushes = new List<int>();
        foreach (var result in new[] { 0L, 0L, 1L, 1L, 1L, 1L, 1L, 0L })
        {
            var probe = new FakeProbe((_, points, _) =>
            {
                points.Add(new Point("ping").Tag("host", "db1").Field("result_code", result));
                return Task.CompletedTask;
            });
            await runner.RunAsync(SomeProbe.Entry("a", probe), probe, CancellationToken.None);
            flushes.Add(_outlet.Flushes);
        }

        Assert.That(flushes, Is.EqualTo(new[] { 0, 0, 1, 2, 3, 4, 4, 5 }));
    }

    [Test]
    public async Task A_changed_result_is_in_the_outlet_before_the_round_is_over()
    {
        var end = new TaskCompletionSource();
        var probe = new FakeProbe((_, points, _) =>
        {
            points.Add(new Point("ping").Tag("host", "db 1").Field("result_code", 1L));
            return end.Task;
        });
        var running = Runner().RunAsync(SomeProbe.Entry("a", probe), probe, CancellationToken.None);
        await _outlet.LineAsync(line => line.StartsWith("ping,host=db\\ 1", StringComparison.Ordinal));

        Assert.That((running.IsCompleted, _outlet.Flushes), Is.EqualTo((false, 1)));

        end.SetResult();
        await running;
    }

    private ProbeRunner Runner()
    {
        var identity = SchedulerStage.Identity with { Tags = new Dictionary<string, string>() };
        return new ProbeRunner(identity, _outlet, _counters, _time, _log.Log);
    }

    private async Task RunAsync(Action<IPointSink> round)
    {
        _runner ??= Runner();
        var probe = new FakeProbe((_, points, _) =>
        {
            round(points);
            return Task.CompletedTask;
        });
        var entry = SomeProbe.Entry("a", probe) with { Tags = new Dictionary<string, string> { ["site"] = "north", ["rack"] = "4" } };
        await _runner.RunAsync(entry, probe, CancellationToken.None);
    }
}
