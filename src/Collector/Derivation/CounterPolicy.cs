namespace NocMonitor.Collector.Derivation;

/// <summary>What the state machine has to know: bounds, and the counters in their order. Times in nanoseconds. Immutable.</summary>
internal sealed record CounterPolicy
{
    /// <summary>No rate is made over a longer time.</summary>
    public long MaxGap { get; init; } = 15 * 60 * 1_000_000_000L;

    /// <summary>Over a shorter time a rate says more about when the device updates its counters than about the line; the older sample stays the start.</summary>
    public long MinElapsed { get; init; } = 1_000_000_000;

    /// <summary>How far beyond its speed a line may seem to run: 0.05 is 5 %.</summary>
    public double Tolerance { get; init; } = 0.05;

    /// <summary>Device and agent do not look at the same instant: so much time may be missing between two samples, in seconds.</summary>
    public double Jitter { get; init; } = 1;

    /// <summary>In bits a second. What is said to be faster than this is no line but a wrong counter, also where the speed is not known.</summary>
    public double FastestLine { get; init; } = 1e13;

    public required IReadOnlyList<CounterDefinition> Counters { get; init; }
}
