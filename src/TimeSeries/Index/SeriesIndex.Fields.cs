using System.Runtime.InteropServices;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Index;

namespace NocMonitor.TimeSeries;

/// <summary>Fields and layouts, and what a new series or field may not exceed. Callers hold the lock.</summary>
public sealed partial class SeriesIndex
{
    /// <summary>What the key of a chunk has room for.</summary>
    private const int MostIds = 1 << Chunks.ChunkId.SeriesBits;

    /// <summary>InfluxDB's words, so that its clients and their users recognise them.</summary>
    internal static string TypeConflict(string field, string measurement, FieldKind input, FieldKind known) =>
        $"field type conflict: input field \"{field}\" on measurement \"{measurement}\" is type {NameOf(input)}, already exists as type {NameOf(known)}";

    /// <summary>
    /// Whether a value fits a field of a type. Counters of 64 bits are sent as integers and, in their upper half, as unsigned ones: both are the same 64 bits,
    /// and a row must not be lost for it.
    /// </summary>
    internal static bool Takes(FieldKind known, in ParsedField field) => (known, field.Kind) switch
    {
        (FieldKind.Integer, FieldKind.Unsigned) => true,
        (FieldKind.Unsigned, FieldKind.Integer) => field.Bits >= 0,
        var (wanted, given) => wanted == given,
    };

    private static string NameOf(FieldKind kind) => kind switch
    {
        FieldKind.Float => "float",
        FieldKind.Integer => "integer",
        FieldKind.Unsigned => "unsigned",
        FieldKind.Boolean => "boolean",
        _ => "string",
    };

    private bool FieldsFit(ref LineReader line, string measurement, Measurement? known, out string reject)
    {
        var count = known?.Fields.Count ?? 0;
        foreach (ref readonly var field in line.Fields)
        {
            var name = line.KeyOf(field);
            if (known is null || !known.Fields.TryGetValue(name, out var column))
            {
                count++;
            }
            else if (!Takes(column.Kind, field))
            {
                reject = TypeConflict(name, measurement, field.Kind, column.Kind);
                return false;
            }
        }

        var fits = count <= _limits.MaxFieldsPerMeasurement || count == known?.Fields.Count;
        reject = fits ? "" : TooManyFields(measurement);
        return fits;
    }

    private bool FloatsFit(Measurement measurement, IReadOnlyCollection<string> names, out string reject)
    {
        var count = measurement.Fields.Count;
        foreach (var name in names)
        {
            if (!measurement.Fields.TryGetValue(name, out var column))
            {
                count++;
            }
            else if (column.Kind != FieldKind.Float)
            {
                reject = TypeConflict(name, measurement.Name, FieldKind.Float, column.Kind);
                return false;
            }
        }

        var fits = count <= _limits.MaxFieldsPerMeasurement || count == measurement.Fields.Count;
        reject = fits ? "" : TooManyFields(measurement.Name);
        return fits;
    }

    private string TooManyFields(string measurement) => $"too many fields: measurement \"{measurement}\" may have {_limits.MaxFieldsPerMeasurement}";

    private bool SeriesFits(int keyBytes, int tags, Origin origin, out string reject)
    {
        reject = "";
        if (keyBytes > _limits.MaxKeyBytes)
        {
            reject = $"series key too long: {keyBytes} bytes where {_limits.MaxKeyBytes} are allowed";
        }
        else if (_keys.IsFull(tags))
        {
            reject = $"series limit reached: the store holds {_keys.Parts.Count} tags and has room for no more";
        }
        else if (_count >= MostIds)
        {
            reject = $"series limit reached: the store has had {_count} series, and ids have no room for more; begin a new folder";
        }
        else if (_live >= _limits.MaxSeries)
        {
            var most = _origins.Values.MaxBy(each => each.SeriesCount);
            reject = $"series limit reached: the store holds {_live} series; the most, {most?.SeriesCount}, came from \"{most?.Name}\"";
        }
        else if (origin.SeriesCount >= _limits.MaxSeriesPerOrigin)
        {
            reject = $"series limit reached: \"{origin.Name}\" has brought {origin.SeriesCount} series and may bring no more";
        }

        return reject.Length == 0;
    }

    /// <summary>The layout that holds the known one's fields and then the line's; makes what is missing.</summary>
    private FieldLayout Extend(Measurement measurement, FieldLayout? known, ref LineReader line)
    {
        var fields = new List<SeriesField>(known?.Fields ?? []);
        foreach (ref readonly var parsed in line.Fields)
        {
            var field = FieldOf(measurement, line.KeyOf(parsed), parsed.Kind);
            if (!fields.Contains(field))
            {
                fields.Add(field);
            }
        }

        return known is not null && fields.Count == known.Fields.Length ? known : LayoutOf(measurement, fields);
    }

    private FieldLayout Extend(Measurement measurement, FieldLayout known, IReadOnlyCollection<string> floats)
    {
        var fields = new List<SeriesField>(known.Fields);
        fields.AddRange(floats.Select(name => FieldOf(measurement, name, FieldKind.Float)).Where(field => !known.Fields.Contains(field)));
        return fields.Count == known.Fields.Length ? known : LayoutOf(measurement, fields);
    }

    private SeriesField FieldOf(Measurement measurement, string name, FieldKind kind)
    {
        if (!measurement.Fields.TryGetValue(name, out var field))
        {
            field = new SeriesField(_fieldCount++, measurement.Name, _strings.Intern(name), kind);
            measurement.Fields[field.Name] = field;
            foreach (var changes in _subscribers)
            {
                changes.Fields.Add(field);
            }
        }

        return field;
    }

    private FieldLayout LayoutOf(Measurement measurement, List<SeriesField> fields)
    {
        var key = string.Join(' ', fields.Select(field => field.Id));
        ref var layout = ref CollectionsMarshal.GetValueRefOrAddDefault(measurement.Layouts, key, out var known);
        if (!known)
        {
            layout = new FieldLayout(_layoutCount++, measurement, [.. fields]);
            foreach (var changes in _subscribers)
            {
                changes.Layouts.Add(layout);
            }
        }

        return layout!;
    }
}
