namespace NocMonitor.Probes.Host.Cpu;

/// <summary>The times of all CPUs at one moment, by CPU number; a slot stays empty while its CPU is offline. Reused between rounds by its one owner.</summary>
internal sealed class CpuReading
{
    // The largest number of CPUs that Linux can be built for (NR_CPUS on x86-64); a number above it is not a CPU.
    private const int MostCpus = 8192;

    private CpuTimes?[] _cpus = new CpuTimes?[8];

    /// <summary>All CPUs together.</summary>
    public CpuTimes? Total { get; set; }

    /// <summary>One above the highest CPU number seen.</summary>
    public int Count { get; private set; }

    public CpuTimes? this[int cpu] => cpu < Count ? _cpus[cpu] : null;

    public void Clear()
    {
        Total = null;
        Array.Clear(_cpus, 0, Count);
        Count = 0;
    }

    public void Set(int cpu, in CpuTimes times)
    {
        if (cpu is < 0 or >= MostCpus)
        {
            return;
        }

        while (cpu >= _cpus.Length)
        {
            Array.Resize(ref _cpus, _cpus.Length * 2);
        }

        _cpus[cpu] = times;
        Count = Math.Max(Count, cpu + 1);
    }
}
