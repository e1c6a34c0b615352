using NocMonitor.LineProtocol;
using NocMonitor.Probes.Snmp.Polling.Plans;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Polling;

/// <summary>
/// Makes points of the rows of a poll. It keeps which tags were given to which row, so that two rows never write the same series; everything else is
/// memory that is used again. One poll at a time.
/// </summary>
internal sealed class EntryPoints(RowReader reader, RowTable?[] tables)
{
    private const byte Unknown = 0;
    private const byte Has = 1;
    private const byte Lacks = 2;
    private const string Sensor = "sensor";

    private readonly Dictionary<(string Measurement, string Tags), string> _taken = [];
    private readonly Point _point = new("");
    private byte[] _presence = [];
    private FieldValue[] _values = [];
    private int[] _chosen = [];

    /// <summary>Tags of every point of the device.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> DeviceTags { get; init; }

    /// <summary>Adds the entry's points; gives how many.</summary>
    public int Add(EntryPlan entry, DateTimeOffset time, IPointSink points)
    {
        if (tables[entry.Group] is not { Count: > 0 } table)
        {
            return 0;
        }

        if (_values.Length < entry.Fields.Count)
        {
            (_values, _presence, _chosen) = (new FieldValue[entry.Fields.Count], new byte[entry.Fields.Count], new int[entry.Fields.Count]);
        }

        var limits = entry.Limits is { } plan && tables[plan.Group] is { } children ? new LimitRowIndex(table, children) : null;
        var count = 0;
        foreach (var row in table.Ordered())
        {
            reader.MoveTo(entry.Group, row);
            if (MakePoint(entry, limits, row) is { } point)
            {
                points.AddCopy(point.At(time));
                count++;
            }
        }

        return count;
    }

    private Point? MakePoint(EntryPlan entry, LimitRowIndex? limits, int row)
    {
        if (!reader.Holds(entry.Where) || !ReadFields(entry))
        {
            return null;
        }

        var point = _point.Restart(entry.Measurement);
        foreach (var (key, value) in DeviceTags)
        {
            point.Tag(key, value);
        }

        foreach (var (key, value) in entry.StaticTags)
        {
            point.Tag(key, value);
        }

        AddTags(entry, point);
        AddFields(entry, point);
        if (limits is not null)
        {
            AddLimits(entry, limits, row, point);
        }

        if (entry.Measurement == Sensor)
        {
            SensorUnits.Complete(point);
        }

        if (entry.WithUptime && reader.Uptime is { } uptime)
        {
            point.NewField("sys_uptime", FieldValue.Of(uptime));
        }

        return entry.IsCapacity && !CapacityFields.Complete(point) ? null : point;
    }

    /// <summary>Reads every field once; false when the device answered none of them in this row.</summary>
    private bool ReadFields(EntryPlan entry)
    {
        Array.Clear(_presence, 0, entry.Fields.Count);
        var answered = false;
        for (var i = 0; i < entry.Fields.Count; i++)
        {
            answered |= IsThere(entry, i) && entry.Fields[i].IsAnswer;
        }

        return answered;
    }

    private bool IsThere(EntryPlan entry, int index)
    {
        if (_presence[index] == Unknown)
        {
            // Lacking until proven: two fields that exclude each other must not ask for one another forever.
            _presence[index] = Lacks;
            var field = entry.Fields[index];
            _presence[index] = !IsExcluded(entry, field) && TryChoose(field, index) ? Has : Lacks;
        }

        return _presence[index] == Has;
    }

    private bool IsExcluded(EntryPlan entry, FieldPlan field)
    {
        for (var i = 0; i < field.Unless.Count; i++)
        {
            if (field.Unless[i] >= 0 && IsThere(entry, field.Unless[i]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first alternative with a value; an empty text counts only when no other has one.</summary>
    private bool TryChoose(FieldPlan field, int index)
    {
        var found = false;
        for (var i = 0; i < field.Alternatives.Count; i++)
        {
            if (!reader.TryRead(field.Alternatives[i], out var value) || (field.IsFloat && !FieldTypes.TryFloat(ref value)))
            {
                continue;
            }

            var isEmpty = value.Kind == FieldKind.String && value.Text.Length == 0;
            if (!isEmpty || !found)
            {
                (_values[index], _chosen[index], found) = (value, i, true);
            }

            if (!isEmpty)
            {
                break;
            }
        }

        return found;
    }

    private void AddFields(EntryPlan entry, Point point)
    {
        for (var i = 0; i < entry.Fields.Count; i++)
        {
            if (_presence[i] != Has)
            {
                continue;
            }

            var field = entry.Fields[i];
            var plan = field.Alternatives[_chosen[i]];
            point.NewField(field.Name, _values[i]);
            if (plan.Symbol.TextField is { Length: > 0 } name && reader.Word(plan) is { } word)
            {
                point.Field(name, word);
            }

            if (reader.State(plan) is { } state)
            {
                point.Field("status", state.Word).Field("status_level", state.Level);
            }

            if (i == entry.OidField && reader.ObjectOf(plan) is { } oid)
            {
                point.Field("oid", oid);
            }
        }
    }

    private void AddTags(EntryPlan entry, Point point)
    {
        var before = point.Tags.Count;
        var first = "";
        foreach (var tag in entry.Tags)
        {
            if (RowTags.Add(reader, tag, point) is { Length: > 0 } name && first.Length == 0)
            {
                first = name;
            }
        }

        if (entry.IsScalar)
        {
            return;
        }

        if (point.Tags.Count == before)
        {
            point.Tag(first = "index", Oid.ArcsToText(reader.Index));
        }

        MakeDistinct(entry, point, before, first);
    }

    /// <summary>Of rows with the same tags the first in the order of the index keeps them, in all entries of the measurement.</summary>
    private void MakeDistinct(EntryPlan entry, Point point, int from, string first)
    {
        var tags = point.Tags.Count == from + 1 ? point.Tags[from].Value : string.Join('\n', point.Tags.Skip(from).Select(tag => tag.Value));
        foreach (var (_, value) in entry.StaticTags)
        {
            tags = $"{value}\n{tags}";
        }

        // The same row of another entry, or a row below it (a neighbour's addresses), adds fields to the same point.
        var index = Oid.ArcsToText(reader.Index);
        if (!_taken.TryAdd((entry.Measurement, tags), index) && _taken[(entry.Measurement, tags)] is var known && known != index
            && !index.StartsWith($"{known}.", StringComparison.Ordinal))
        {
            point.Tag(first, $"{point.FindTag(first)} #{index}");
        }
    }

    private void AddLimits(EntryPlan entry, LimitRowIndex limits, int row, Point point)
    {
        var plan = entry.Limits!;
        var children = tables[plan.Group]!;
        var value = entry.Fields[plan.ValueField].Alternatives[_presence[plan.ValueField] == Has ? _chosen[plan.ValueField] : 0];
        foreach (var child in limits.ChildrenOf(row))
        {
            var severity = WordOf(children[child, LimitPlan.SeverityColumn], plan.Rows.Severity);
            var relation = WordOf(children[child, LimitPlan.RelationColumn], plan.Rows.Relation);
            if (severity is null || relation is null || !ValueFormats.TryRaw(children[child, LimitPlan.ValueColumn], out var limit) || !reader.TryScale(value, ref limit))
            {
                continue;
            }

            // Of several of a kind the first is kept: devices repeat limits, and differ in nothing else.
            var name = $"limit_{relation}_{severity}";
            if (point.FindField(name) is null && ValueNumbers.Of(limit) is var number && double.IsFinite(number))
            {
                point.Field(name, number);
            }
        }
    }

    private static string? WordOf(CellView cell, Profiles.LimitColumn column) =>
        double.IsInteger(cell.Number) ? column.Words.Find((long)cell.Number) : null;
}
