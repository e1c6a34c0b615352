using System.Buffers;
using NocMonitor.Agent.Scheduling;
using NocMonitor.LineProtocol;

namespace NocMonitor.Agent.SelfMetrics;

/// <summary>
/// Adds the point of measurement <c>agent</c> at each interval. Its absence is how a collector knows that an agent is gone, so it depends on no
/// probe. The timer's callbacks never overlap: each sets the next.
/// </summary>
internal sealed class Heartbeat : IDisposable
{
    private readonly AgentReadings _readings;
    private readonly PointOutlet _outlet;
    private readonly TimeProvider _time;
    private readonly ArrayBufferWriter<byte> _line = new(1024);
    private readonly ITimer _timer;
    private AgentIdentity _identity;
    private long _intervalTicks;
    private double _lastCpu;
    private long _lastBeat;

    public Heartbeat(AgentReadings readings, AgentIdentity identity, TimeSpan interval, PointOutlet outlet, TimeProvider time)
    {
        _readings = readings;
        _identity = identity;
        _intervalTicks = interval.Ticks;
        _outlet = outlet;
        _time = time;
        _timer = time.CreateTimer(static state => ((Heartbeat)state!).Beat(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Runs after each beat, on the timer's thread: what the service manager is told.</summary>
    public Action? Beaten { get; set; }

    /// <summary>The first beat comes soon, so that a collector knows of the agent before its first probe.</summary>
    public void Start() => _timer.Change(TimeSpan.FromMilliseconds(500), Timeout.InfiniteTimeSpan);

    /// <summary>Takes new tags and another interval after a reload; the next beat is the first with them.</summary>
    public void Use(AgentIdentity identity, TimeSpan interval)
    {
        Volatile.Write(ref _identity, identity);
        if (Interlocked.Exchange(ref _intervalTicks, interval.Ticks) != interval.Ticks)
        {
            _timer.Change(interval, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Beat()
    {
        _timer.Change(new TimeSpan(Interlocked.Read(ref _intervalTicks)), Timeout.InfiniteTimeSpan);
        var point = new Point("agent") { Timestamp = UnixNanoseconds.From(_time.GetUtcNow()) };
        foreach (var reading in _readings.Read())
        {
            point.Field(reading.Field, reading.Value);
            if (reading.Field == "cpu_s")
            {
                AddCpuPercent(point, reading.Value.Float);
            }
        }

        point.Field("version", AgentVersion.Text);
        Volatile.Read(ref _identity).Complete(point, NoTags);
        _line.ResetWrittenCount();
        LineWriter.Write(_line, point);
        _outlet.Append(_line.WrittenSpan, 1);
        Beaten?.Invoke();
    }

    private static Dictionary<string, string> NoTags { get; } = [];

    private void AddCpuPercent(Point point, double cpuSeconds)
    {
        var now = _time.GetTimestamp();
        var elapsed = _lastBeat == 0 ? TimeSpan.Zero : _time.GetElapsedTime(_lastBeat, now);
        if (elapsed > TimeSpan.Zero)
        {
            point.Field("cpu_percent", Math.Round((cpuSeconds - _lastCpu) / elapsed.TotalSeconds * 100, 3));
        }

        _lastCpu = cpuSeconds;
        _lastBeat = now;
    }
}
