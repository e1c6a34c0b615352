using System.Text;
using NocMonitor.Agent.Scheduling;
using NocMonitor.Agent.Settings;
using NocMonitor.Probes;
using NocMonitor.Testing;

namespace NocMonitor.Agent.Tests.Scheduling;

/// <summary>A scheduler on a manual clock whose points a test can read.</summary>
internal sealed class SchedulerStage : IAsyncDisposable
{
    public static readonly AgentIdentity Identity = new("agent-1", "host-1", new Dictionary<string, string>());

    private readonly LogLines _log;

    public SchedulerStage()
    {
        _log = new LogLines(Time);
        Scheduler = new ProbeScheduler(Identity, new ProbeContext(Time, "host-1", _log.Log), Outlet, Counters, _log.Log);
    }

    public ManualTimeProvider Time { get; } = new();

    public AgentCounters Counters { get; } = new();

    public RecordingOutlet Outlet { get; } = new();

    public ProbeScheduler Scheduler { get; }

    public IReadOnlyList<string> Log => _log.Lines;

    public IReadOnlyList<string> RoundPoints => [.. Outlet.Lines.Where(line => line.StartsWith("probe,", StringComparison.Ordinal))];

    public void Apply(params ProbeEntry[] entries)
    {
        var failures = new List<ProbeFailure>();
        Assert.That(Scheduler.Apply(entries, Identity, failures), Is.True, () => string.Join('\n', failures));
    }

    public Task RoundsEndedAsync(int count) => Eventually.Async(() => RoundPoints.Count >= count);

    public async ValueTask DisposeAsync()
    {
        var stopping = Scheduler.StopAsync();
        while (!stopping.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await stopping;
        _log.Dispose();
    }
}

/// <summary>An outlet that keeps the lines.</summary>
internal sealed class RecordingOutlet : PointOutlet
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private int _flushes;
    private int _dropped;

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    public int Flushes => Volatile.Read(ref _flushes);

    public int Dropped => Volatile.Read(ref _dropped);

    /// <summary>Waits for a line.</summary>
    public Task LineAsync(Func<string, bool> matches) => Eventually.Async(() => Lines.Any(matches));

    public override void Append(ReadOnlySpan<byte> lines, int count)
    {
        lock (_lock)
        {
            _lines.AddRange(Encoding.UTF8.GetString(lines).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    public override void AskFlush() => Interlocked.Increment(ref _flushes);

    public override void CountDropped(int points) => Interlocked.Add(ref _dropped, points);
}
