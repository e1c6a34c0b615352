using NocMonitor.Probes.Snmp.Profiles;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Polling.Plans;

/// <summary>
/// Compiles profiles into a plan. A column is walked once however many entries name it: it belongs to the group of the first entry that does. An entry
/// that names something unknown is left out and reported. Used once.
/// </summary>
internal sealed class PlanCompiler
{
    private readonly ProfileFaults _faults;
    private readonly ColumnGroups _columns = new();
    private readonly List<Oid> _presences = [];

    private PlanCompiler(ProfileFaults faults) => _faults = faults;

    /// <param name="profile">The profile with what it inherits.</param>
    /// <param name="faults">Takes what cannot be compiled.</param>
    public static PollPlan Compile(DeviceProfile profile, ProfileFaults faults) => new PlanCompiler(faults).Run(profile);

    private PollPlan Run(DeviceProfile profile)
    {
        var context = new EntryContext(_columns, null, new Dictionary<string, ProfileSymbol>(), _faults);
        var tags = TagsOf(context, profile.Tags);
        var metadata = profile.Metadata.Where(field => field.Symbols.Count > 0 || field.Value is not null)
            .Select(field => MetadataOf(context, field)).ToList();
        var entries = profile.Metrics.Select(EntryOf).OfType<EntryPlan>().ToList();
        return new PollPlan
        {
            Profile = profile.Name,
            Vendor = profile.Vendor,
            AvoidsBulk = profile.AvoidsBulk,
            Scalars = _columns.Scalars,
            Groups = _columns.Groups,
            Entries = ScalarPoints.Joined(entries),
            Tags = tags,
            StaticTags = profile.StaticTags,
            Metadata = metadata,
            Presences = _presences,
        };
    }

    private EntryPlan? EntryOf(ProfileMetric metric)
    {
        var isTable = metric.Table is not null;
        var context = new EntryContext(_columns, isTable ? _columns.Begin(metric) : null, NamedOf(metric), _faults);
        var fields = FieldsOf(context, metric);
        if (fields.Count == 0)
        {
            return null;
        }

        var tags = TagsOf(context, metric.Tags.Where(tag => !tag.IsState));
        var where = ConditionsOf(context, metric.Where);
        var valueField = fields.FindIndex(field => field.Name == "value");
        var limits = metric.Limits is { } rows && valueField >= 0 ? new LimitPlan(_columns.LimitGroup(rows, metric), rows, valueField) : null;
        return new EntryPlan
        {
            Name = metric.Table?.Name is { Length: > 0 } name ? name : metric.Measurement,
            Measurement = metric.Measurement,
            Group = isTable ? context.MainGroup(fields) : PollPlan.ScalarGroup,
            Needs = [.. context.Needed.Union(limits is null ? [] : [limits.Group]).Where(group => group != PollPlan.ScalarGroup).Order()],
            Fields = fields,
            Tags = tags,
            StaticTags = metric.StaticTags,
            Where = where,
            When = [.. metric.When.Select(PresenceOf)],
            Unless = [.. metric.Unless.Select(PresenceOf)],
            PollTime = metric.PollTime,
            WithUptime = metric.WithUptime,
            IsCapacity = metric.IsCapacity,
            Limits = limits,
            OidField = OidFields.Find(metric.Measurement, fields),
        };
    }

    /// <summary>What expressions, templates and conditions of an entry can name.</summary>
    private static Dictionary<string, ProfileSymbol> NamedOf(ProfileMetric metric)
    {
        var named = new Dictionary<string, ProfileSymbol>(StringComparer.Ordinal);
        foreach (var symbol in metric.Columns.Concat(metric.Symbols).Concat(metric.Tags.Select(tag => tag.Source)).Where(symbol => symbol.Name.Length > 0))
        {
            named.TryAdd(symbol.Name, symbol);
        }

        foreach (var tag in metric.Tags)
        {
            named.TryAdd(tag.Name, tag.Source);
        }

        return named;
    }

    private List<FieldPlan> FieldsOf(EntryContext context, ProfileMetric metric)
    {
        // Tags that are states come as fields behind the others.
        var named = metric.Symbols.Select(symbol => (Name: NameOf(symbol, metric), Symbol: symbol))
            .Concat(metric.Tags.Where(tag => tag.IsState).Select(tag => (tag.Name, Symbol: tag.Source)))
            .GroupBy(pair => pair.Name, StringComparer.Ordinal)
            .Select(group => (Name: group.Key, Symbols: group.Select(pair => pair.Symbol).ToList())).ToList();
        var fields = new List<FieldPlan>();
        foreach (var (name, symbols) in named)
        {
            var plans = symbols.Select(symbol => context.Value(symbol)).OfType<ValuePlan>().ToList();
            if (plans.Count > 0)
            {
                var unless = symbols.Select(symbol => symbol.Unless).OfType<string>().Select(other => named.FindIndex(field => field.Name == other));
                fields.Add(new FieldPlan(name, plans, [.. unless]) { IsFloat = FieldTypes.IsFloat(metric.Measurement, name) });
            }
        }

        foreach (var symbol in metric.Symbols.Where(symbol => symbol.Unless is { } other && !named.Exists(field => field.Name == other)))
        {
            _faults.Error(symbol.Place, $"unless: there is no field {symbol.Unless} in this entry");
        }

        // A field that could not be compiled shifts the places of those behind it.
        return fields.Count == named.Count ? fields : [.. fields.Select(field => field with { Unless = [] })];
    }

    private static string NameOf(ProfileSymbol symbol, ProfileMetric metric) =>
        symbol.Field ?? (metric.Measurement == "interface" ? null : symbol.Alias) ?? (symbol.Name.Length > 0 ? symbol.Name : symbol.Alias ?? "value");

    private static List<TagPlan> TagsOf(EntryContext context, IEnumerable<ProfileTag> tags) =>
    [
        .. tags.Select(tag => (Tag: tag, Value: context.Value(tag.Source)))
            .Where(pair => pair.Value is not null)
            .GroupBy(pair => pair.Tag.Name, StringComparer.Ordinal)
            .Select(group => new TagPlan(group.Key, [.. group.Select(pair => (pair.Tag, pair.Value!))])),
    ];

    private static List<ConditionPlan> ConditionsOf(EntryContext context, IEnumerable<RowCondition> conditions) =>
        [.. conditions.Select(context.Condition).OfType<ConditionPlan>()];

    private static FieldPlan MetadataOf(EntryContext context, MetadataField field)
    {
        var plans = field.Symbols.Select(symbol => context.Value(symbol)).OfType<ValuePlan>().ToList();
        if (field.Value is { } value)
        {
            plans.Add(new ValuePlan(new ProfileSymbol { Place = default, Name = field.Name, Constant = value }, null, [], [], []));
        }

        return new FieldPlan(field.Name == "serial_number" ? "serial" : field.Name, plans, []);
    }

    private int PresenceOf(Oid oid)
    {
        var known = _presences.IndexOf(oid);
        if (known < 0)
        {
            known = _presences.Count;
            _presences.Add(oid);
        }

        return known;
    }
}
