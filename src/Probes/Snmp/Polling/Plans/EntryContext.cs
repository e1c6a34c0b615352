using NocMonitor.Probes.Snmp.Profiles;

namespace NocMonitor.Probes.Snmp.Polling.Plans;

/// <summary>Resolves the symbols of one entry: names to symbols, objects to columns. One compiler owns it.</summary>
/// <param name="ownGroup">The group of the entry's own columns; null for scalars.</param>
/// <param name="named">What expressions, templates and conditions can name.</param>
internal sealed class EntryContext(ColumnGroups columns, int? ownGroup, IReadOnlyDictionary<string, ProfileSymbol> named, ProfileFaults faults)
{
    private const int MostDepth = 8;

    /// <summary>The value that is always there.</summary>
    public const string Uptime = "sys_uptime";

    private readonly HashSet<int> _needed = [];
    private int _depth;

    /// <summary>The groups of all cells that were resolved.</summary>
    public IReadOnlyCollection<int> Needed => _needed;

    /// <summary>The group that most of the fields' own columns stand in: its rows are the entry's.</summary>
    public int MainGroup(IReadOnlyList<FieldPlan> fields) =>
        fields.SelectMany(field => field.Alternatives).SelectMany(OwnCells)
            .Where(source => source.Group != PollPlan.ScalarGroup)
            .GroupBy(source => source.Group).OrderByDescending(group => group.Count()).ThenBy(group => group.Key)
            .FirstOrDefault()?.Key ?? ownGroup ?? PollPlan.ScalarGroup;

    /// <summary>The plan of a symbol; null, with the reason among the faults, when it names something unknown.</summary>
    public ValuePlan? Value(ProfileSymbol symbol)
    {
        if (_depth > MostDepth)
        {
            faults.Error(symbol.Place, $"{symbol.Name} is made of itself");
            return null;
        }

        _depth++;
        var plan = Resolve(symbol);
        _depth--;
        return plan;
    }

    public ConditionPlan? Condition(RowCondition condition)
    {
        if ((condition.Cell ?? named.GetValueOrDefault(condition.Symbol)) is not { } symbol)
        {
            faults.Error(named.Values.FirstOrDefault()?.Place ?? default, $"where: there is no {condition.Symbol} in this entry");
            return null;
        }

        // Only the value counts here, not under what conditions it becomes a field.
        return Value(symbol with { Where = [], Unless = null }) is { } value ? new ConditionPlan(condition, value) : null;
    }

    private static IEnumerable<CellSource> OwnCells(ValuePlan value) =>
        (value.Source is { Lookup: null } own ? [own] : Enumerable.Empty<CellSource>()).Concat(value.Inputs.OfType<ValuePlan>().SelectMany(OwnCells));

    private ValuePlan? Resolve(ProfileSymbol symbol)
    {
        var names = symbol.Value?.Names ?? symbol.Template?.Symbols ?? [];
        var inputs = new List<ValuePlan?>();
        foreach (var name in names)
        {
            if (name == Uptime)
            {
                inputs.Add(null);
                continue;
            }

            if (!named.TryGetValue(name, out var other) || ReferenceEquals(other, symbol))
            {
                faults.Error(symbol.Place, $"{symbol.Name}: there is no {name} in this entry");
                return null;
            }

            if (Value(other) is not { } input)
            {
                return null;
            }

            inputs.Add(input);
        }

        var source = symbol.Oid is null ? null : SourceOf(symbol);
        var scales = symbol.ScaleBy.Select(step => SourceOf(step.Cell)).ToList();
        var conditions = symbol.Where.Select(Condition).ToList();
        return scales.Contains(null) || conditions.Contains(null) ? null : new ValuePlan(symbol, source, inputs, scales!, conditions!);
    }

    private CellSource? SourceOf(ProfileSymbol symbol)
    {
        var oid = symbol.Oid!.Value;
        if (ownGroup is not { } group || ColumnGroups.IsInstance(oid))
        {
            return Needs(columns.Scalar(oid), symbol, null);
        }

        if (symbol.Row is not { } row)
        {
            return Needs(columns.Column(oid, group), symbol, null);
        }

        var from = row.From is null ? null
            : row.From.Oid is not null ? Value(row.From)
            : named.TryGetValue(row.From.Name, out var other) ? Value(other)
            : null;
        if (row.From is not null && from is null)
        {
            faults.Error(row.From.Place, $"index_from: there is no {row.From.Name} in this entry");
            return null;
        }

        return Needs(columns.LookupColumn(oid, symbol.Table ?? ""), symbol, new LookupPlan(row.Transform, from, row.Fixed?.Encoded.ToArray()));
    }

    private CellSource Needs((int Group, int Column) place, ProfileSymbol symbol, LookupPlan? lookup)
    {
        _needed.Add(place.Group);
        return new CellSource(place.Group, place.Column, symbol.Oid!.Value, lookup);
    }
}
