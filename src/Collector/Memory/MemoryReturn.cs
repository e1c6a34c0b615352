namespace NocMonitor.Collector.Memory;

/// <summary>
/// Gives memory back to the machine once a burst is over: the garbage collector has no reason to look at a heap in which nothing is allocated, and pools keep
/// what the largest request needed. Owns its timer and the decision; the pools are their owners'.
/// </summary>
internal sealed partial class MemoryReturn(IEnumerable<IdleMemory> pools, TimeProvider time, ILogger<MemoryReturn> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly QuietMoment _moment = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Look(new HeapReading(GC.GetTotalAllocatedBytes(), GC.GetTotalMemory(forceFullCollection: false)));
        }
    }

    internal void Look(HeapReading reading)
    {
        var step = _moment.Observe(reading);
        if (step != ReturnStep.None)
        {
            Return(step == ReturnStep.Compact);
        }
    }

    private void Return(bool compact)
    {
        foreach (var pool in pools)
        {
            pool.Release();
        }

        var before = GC.GetTotalMemory(forceFullCollection: false);
        if (compact)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
        else
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
        }

        NativeHeap.Trim();
        var freed = before - GC.GetTotalMemory(forceFullCollection: false);
        LogReturned(freed / 1_048_576);
    }

    [LoggerMessage(1401, LogLevel.Debug, "{Mebibytes} MiB of memory were let go after a burst")]
    private partial void LogReturned(long mebibytes);
}
