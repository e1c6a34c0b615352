namespace NocMonitor.Collector.Memory;

/// <summary>What reading the store, the rules and the rehearsal left behind, given back while nobody is waiting yet.</summary>
internal static class StartMemory
{
    /// <summary>A larger heap takes longer to collect than a start should; <see cref="MemoryReturn"/> looks at it later.</summary>
    private const long LargestCollected = 256L << 20;

    public static void Return()
    {
        if (GC.GetTotalMemory(forceFullCollection: false) <= LargestCollected)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            NativeHeap.Trim();
        }

        ProgramPages.Return();
    }
}
