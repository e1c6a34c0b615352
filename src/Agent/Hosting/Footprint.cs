namespace NocMonitor.Agent.Hosting;

/// <summary>
/// Keeps the agent's resident memory near what its steady work needs; docs/decisions/agent-footprint.md has the figures. Starting touches four times
/// the code and heap that running does: all of that is given back at once as soon as the configuration is read, so that the first rounds do not come on top of it, and again when
/// those have run. From then on small garbage is collected before it grows to what the runtime would allow it. A timer's callbacks, which never overlap, own the state.
/// </summary>
internal sealed partial class Footprint : IDisposable
{
    private static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AfterFirstRounds = TimeSpan.FromSeconds(18);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>Garbage of this many bytes is worth a collection of the youngest generation, which takes less than a millisecond.</summary>
    private const long GarbageWorthCollecting = 2 << 20;

    /// <summary>Reloads and rare probes touch code again: once an hour it is given back.</summary>
    private const int IntervalsBetweenTrims = 120;

    private readonly ITimer _timer;
    private long _allocated;
    private int _looks;

    public Footprint(TimeProvider time) => _timer = time.CreateTimer(static state => ((Footprint)state!).Look(), this, AfterStart, Timeout.InfiniteTimeSpan);

    /// <summary>Before anything else in a process that is to run for long.</summary>
    public static void Prepare()
    {
        if (OperatingSystem.IsLinux())
        {
            LimitNativeHeaps();
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var look = _looks++;
        if (look == 0)
        {
            _timer.Change(AfterFirstRounds, Interval);
        }

        if (look <= 1 || look % IntervalsBetweenTrims == 0)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GiveBack();
            _allocated = GC.GetTotalAllocatedBytes();
        }
        else if (GC.GetTotalAllocatedBytes() - _allocated > GarbageWorthCollecting)
        {
            GC.Collect(0);
            _allocated = GC.GetTotalAllocatedBytes();
        }
    }

    private static void GiveBack()
    {
        if (OperatingSystem.IsLinux())
        {
            TrimNativeHeap();
            DropCode();
        }
        else if (OperatingSystem.IsWindows())
        {
            EmptyWorkingSet();
        }
    }
}
