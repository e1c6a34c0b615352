namespace NocMonitor.TimeSeries.InfluxQl;

/// <summary>What one statement may cost; past a limit it fails, with the limit's name in the reason. 0 is no limit.</summary>
public sealed record QueryLimits
{
    /// <summary>Rows of an answer, and values of one group held at once to compute it.</summary>
    public int MaxRows { get; init; } = 5_000_000;

    /// <summary>Series that a statement reads.</summary>
    public int MaxSeries { get; init; } = 200_000;

    /// <summary>Windows of time of one group.</summary>
    public int MaxBuckets { get; init; } = 500_000;

    /// <summary>Long ranges may be answered from hourly roll-ups; without it samples alone are read, for comparison.</summary>
    internal bool UsesRollups { get; init; } = true;

    /// <summary>Threads that read series of one statement at once. At least 1.</summary>
    public int Parallelism { get; init; } = Math.Max(1, Environment.ProcessorCount);
}
