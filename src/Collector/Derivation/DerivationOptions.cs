using NocMonitor.Configuration;

namespace NocMonitor.Collector.Derivation;

/// <summary>The <c>Collector.Derivation</c> section: rates from raw counters.</summary>
internal sealed record DerivationOptions
{
    /// <summary>No rate is made over a longer time between two samples of a counter.</summary>
    public required TimeSpan MaxGap { get; init; }

    /// <summary>How far beyond its speed a line may seem to run, in percent.</summary>
    public required int Tolerance { get; init; }

    public static DerivationOptions Read(OptionReader reader) => new()
    {
        MaxGap = reader.Duration("MaxGap", TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(10), TimeSpan.FromHours(24),
            "No rate is made over a longer time between two samples of a counter; polls farther apart need more."),
        Tolerance = reader.Integer("Tolerance", 5, 0, 100,
            "How far beyond its speed a line may seem to run, in percent: a rate above that is dropped and counted."),
    };

    public CounterPolicy Policy(DerivedMeasurement measurement) =>
        new() { MaxGap = MaxGap.Ticks * 100, Tolerance = Tolerance / 100.0, Counters = measurement.Counters };
}
