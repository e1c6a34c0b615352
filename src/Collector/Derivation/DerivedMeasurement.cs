namespace NocMonitor.Collector.Derivation;

/// <summary>A measurement whose points carry raw counters, and what is made of them. Immutable; one in <see cref="DerivationCatalog"/> for each.</summary>
internal sealed record DerivedMeasurement
{
    public required string Name { get; init; }

    public required IReadOnlyList<CounterDefinition> Counters { get; init; }

    /// <summary>What stands beside the counters in a point: speed, uptime, signs of a reset.</summary>
    public required IReadOnlyList<CounterContext> Context { get; init; }

    /// <summary>The fields that are added to a point.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>Fills the values of <see cref="Fields"/>, all NaN before, from the readings of <see cref="Counters"/>.</summary>
    public required FieldMaker Make { get; init; }
}

/// <summary>Makes the values of the added fields; NaN for a field that cannot be made.</summary>
internal delegate void FieldMaker(ReadOnlySpan<CounterReading> readings, CounterSample sample, Span<double> values);

/// <summary>A field beside the counters, and where in the sample its value goes.</summary>
internal sealed record CounterContext(string Field, Action<CounterSample, double> Take);
