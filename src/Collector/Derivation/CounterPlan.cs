using System.Collections.Concurrent;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Derivation;

/// <summary>What all series of a derived measurement share. Safe for concurrent use.</summary>
internal sealed class CounterPlan(DerivedMeasurement measurement, CounterPolicy policy)
{
    private readonly ConcurrentDictionary<IReadOnlyList<SeriesField>, CounterFields> _fields = new(ReferenceEqualityComparer.Instance);

    public DerivedMeasurement Measurement => measurement;

    public CounterPolicy Policy => policy;

    /// <summary>Series of the same make share their list of fields, and so share what is made of it.</summary>
    public CounterFields FieldsOf(IReadOnlyList<SeriesField> fields) => _fields.GetOrAdd(fields, list => new CounterFields(measurement, list));

    /// <summary>The sample of a scratch, of the right size.</summary>
    public CounterSample Sample(DerivationScratch scratch) => scratch.SampleOf(measurement);
}
