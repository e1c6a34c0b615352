using NocMonitor.Probes.Snmp.Profiles;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Polling.Plans;

/// <summary>Hands out columns to groups of columns that are walked together, each column once; and scalars. One compiler owns it.</summary>
internal sealed class ColumnGroups
{
    private readonly Dictionary<Oid, (int Group, int Column)> _known = [];
    private readonly List<ScalarPlan> _scalars = [];
    private readonly List<(string Name, List<Oid> Columns, int? MaxRows)> _groups = [("scalars", [], null)];
    private readonly Dictionary<Oid, int> _lookups = [];

    public IReadOnlyList<ScalarPlan> Scalars => _scalars;

    public IReadOnlyList<WalkGroup> Groups => [.. _groups.Select(group => new WalkGroup(group.Name, group.Columns, group.MaxRows))];

    /// <summary>A new group for the columns of an entry that no earlier entry has; it may stay empty.</summary>
    public int Begin(ProfileMetric metric)
    {
        _groups.Add((metric.Table?.Name is { Length: > 0 } name ? name : metric.Measurement, [], metric.MaxRows));
        return _groups.Count - 1;
    }

    /// <summary>The place of a column that an entry's own rows have.</summary>
    public (int Group, int Column) Column(Oid oid, int group) => _known.TryGetValue(oid, out var known) ? known : Add(oid, group);

    /// <summary>The place of a column that is looked up: columns of one table travel together.</summary>
    public (int Group, int Column) LookupColumn(Oid oid, string name)
    {
        if (_known.TryGetValue(oid, out var known))
        {
            return known;
        }

        var table = ParentOf(oid);
        if (!_lookups.TryGetValue(table, out var group))
        {
            _groups.Add((name.Length > 0 ? name : table.ToString(), [], null));
            group = _groups.Count - 1;
            _lookups.Add(table, group);
        }

        return Add(oid, group);
    }

    /// <summary>A group of its own for the rows of limits: their columns are in the order of <see cref="LimitPlan"/>.</summary>
    public int LimitGroup(LimitRows rows, ProfileMetric metric)
    {
        List<Oid> columns = [rows.Severity.Column, rows.Relation.Column, rows.Value];
        var known = _groups.FindIndex(group => group.Columns.SequenceEqual(columns));
        if (known >= 0)
        {
            return known;
        }

        _groups.Add(($"limits of {metric.Table?.Name ?? metric.Measurement}", columns, null));
        return _groups.Count - 1;
    }

    public (int Group, int Column) Scalar(Oid oid)
    {
        if (_known.TryGetValue(oid, out var known) && known.Group == PollPlan.ScalarGroup)
        {
            return known;
        }

        _scalars.Add(new ScalarPlan(oid, IsInstance(oid) ? [oid] : [oid.Append(0), oid]));
        return Add(oid, PollPlan.ScalarGroup);
    }

    /// <summary>Objects that are no columns have the instance 0; no column has.</summary>
    public static bool IsInstance(Oid oid) => oid.Encoded is [.., < 0x80, 0];

    private (int Group, int Column) Add(Oid oid, int group)
    {
        _groups[group].Columns.Add(oid);
        var place = (group, _groups[group].Columns.Count - 1);
        _known[oid] = place;
        return place;
    }

    private static Oid ParentOf(Oid oid)
    {
        var end = oid.Encoded.Length - 1;
        while (end > 0 && oid.Encoded[end - 1] >= 0x80)
        {
            end--;
        }

        return Oid.FromEncoded(oid.Encoded[..Math.Max(end, 1)]);
    }
}
