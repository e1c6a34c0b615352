using NocMonitor.Agent.Scheduling;
using NocMonitor.LineProtocol;
using NocMonitor.Probes;
using NocMonitor.Testing;

namespace NocMonitor.Agent.Tests.Scheduling;

public class ListeningSinkTests
{
    private readonly ManualTimeProvider _time = new();
    private RecordingOutlet _outlet = null!;
    private ListeningSink _sink = null!;

    [SetUp]
    public void Build()
    {
        _outlet = new RecordingOutlet();
        _sink = new ListeningSink(SomeProbe.Entry("traps", FakeProbe.Counting()), SchedulerStage.Identity, _outlet, _time);
    }

    [TearDown]
    public void Clear() => _sink.Dispose();

    [Test]
    public void A_point_goes_out_within_the_moment_and_asks_for_a_flush()
    {
        _sink.Add(new Point("snmp_trap").Tag("host", "core-1").Field("n", 1));

        Assert.That(_outlet.Lines, Is.Empty);
        _time.Advance(ListeningSink.Moment);
        Assert.That(_outlet.Lines.Single(), Does.StartWith("snmp_trap,host=core-1,agent=agent-1 n=1i "));
        Assert.That(_outlet.Flushes, Is.EqualTo(1));
    }

    [Test]
    public void A_storm_is_handed_over_in_few_pieces_and_asks_once_a_moment()
    {
        for (var number = 0; number < 2000; number++)
        {
            _sink.Add(new Point("snmp_trap").Field("n", number));
        }

        var during = _outlet.Lines.Count;
        _time.Advance(ListeningSink.Moment);

        Assert.That(during, Is.InRange(500, 1999));
        Assert.That((_outlet.Lines.Count, _outlet.Flushes), Is.EqualTo((2000, 1)));
    }

    [Test]
    public void A_line_that_no_collector_takes_is_dropped_and_costs_no_other()
    {
        _sink.Add(new Point("snmp_trap").Field("n", 1));
        _sink.Add(new Point("snmp_trap").Field("text", new string('x', 70_000)));
        _sink.Add(new Point("snmp_trap"));
        _sink.Add(new Point("snmp_trap").Field("n", 2));
        _time.Advance(ListeningSink.Moment);

        Assert.That(_outlet.Lines, Has.Count.EqualTo(2));
        Assert.That(_outlet.Dropped, Is.EqualTo(2));
    }

    [Test]
    public void What_has_gathered_goes_out_at_the_end_and_later_points_are_dropped()
    {
        _sink.Add(new Point("snmp_trap").Field("n", 1));
        _sink.Dispose();
        _sink.Add(new Point("snmp_trap").Field("n", 2));

        Assert.That((_outlet.Lines.Count, _outlet.Dropped), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task The_scheduler_lets_a_listening_probe_report_between_its_rounds()
    {
        await using var stage = new SchedulerStage();
        var probe = new ListeningProbe();
        stage.Apply(SomeProbe.Entry("traps", probe));

        probe.Points!.Add(new Point("snmp_trap").Field("n", 1));
        stage.Time.Advance(ListeningSink.Moment);
        var between = stage.Outlet.Lines;
        stage.Apply();
        await Eventually.Async(() => probe.IsDisposed);

        Assert.That(between.Single(), Does.StartWith("snmp_trap,agent=agent-1,host=host-1 n=1i "));
    }

    private sealed class ListeningProbe : IListeningProbe, IDisposable
    {
        private volatile bool _isDisposed;

        public IPointSink? Points { get; private set; }

        public bool IsDisposed => _isDisposed;

        public void Listen(IPointSink points) => Points = points;

        public ValueTask ProbeAsync(IPointSink points, CancellationToken token) => ValueTask.CompletedTask;

        public void Dispose() => _isDisposed = true;
    }
}
