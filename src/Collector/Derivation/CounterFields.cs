using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Derivation;

/// <summary>Where the fields of a measurement's derivation stand in a series. Immutable; made anew when the series learns a field.</summary>
internal sealed class CounterFields
{
    private const int Nothing = -1;

    private readonly DerivedMeasurement _measurement;
    private readonly int[] _roles;
    private readonly int[] _targets;

    public CounterFields(DerivedMeasurement measurement, IReadOnlyList<SeriesField> fields)
    {
        (_measurement, Fields) = (measurement, fields);
        string[] sources = [.. measurement.Counters.Select(counter => counter.Field), .. measurement.Context.Select(context => context.Field)];
        string[] names = [.. fields.Select(field => field.Name)];
        _roles = [.. names.Select(name => Array.IndexOf(sources, name))];
        _targets = [.. measurement.Fields.Select(name => fields.ToList().FindIndex(field => field.Name == name && field.Kind == FieldKind.Float))];
        Sources = [.. Enumerable.Range(0, names.Length).Where(place => _roles[place] != Nothing)];
    }

    /// <summary>The list this was made of.</summary>
    public IReadOnlyList<SeriesField> Fields { get; }

    /// <summary>The places of all fields that a sample is made of.</summary>
    public IReadOnlyCollection<int> Sources { get; }

    /// <summary>The place of one of the added fields; negative when the series does not know it.</summary>
    public int Target(int field) => _targets[field];

    /// <summary>Takes one field of a sample, given by its place.</summary>
    public void Take(CounterSample sample, int place, FieldKind kind, long bits)
    {
        var role = _roles[place];
        if (role == Nothing || kind is FieldKind.String or FieldKind.Boolean)
        {
            return;
        }

        if (role >= _measurement.Counters.Count)
        {
            sample.Context[role - _measurement.Counters.Count] = FieldValue.FromBits(kind, bits).AsDouble();
        }
        else if (kind != FieldKind.Float && IsCount(_measurement.Counters[role], (ulong)bits))
        {
            sample.Set(role, (ulong)bits);
        }
    }

    /// <summary>Ends a sample whose fields were all taken. What stands beside the counters takes effect in its own order, not in that of the point.</summary>
    public void Complete(CounterSample sample)
    {
        for (var i = 0; i < sample.Context.Length; i++)
        {
            if (!double.IsNaN(sample.Context[i]))
            {
                _measurement.Context[i].Take(sample, sample.Context[i]);
            }
        }
    }

    /// <summary>64 bits may stand in a signed field with the top one set; what is larger than 32 bits is no counter of 32 bits.</summary>
    private static bool IsCount(CounterDefinition counter, ulong value) => counter.Bits == 64 || value <= uint.MaxValue;
}
