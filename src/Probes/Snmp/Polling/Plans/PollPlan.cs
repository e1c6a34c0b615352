using NocMonitor.Probes.Snmp.Profiles;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Polling.Plans;

/// <summary>What a device of one profile is asked, and what becomes of it. Immutable; shared by all devices of the profile.</summary>
internal sealed record PollPlan
{
    /// <summary>The group whose one row holds all scalars.</summary>
    public const int ScalarGroup = 0;

    public required string Profile { get; init; }

    public required string Vendor { get; init; }

    public required bool AvoidsBulk { get; init; }

    /// <summary>Scalars in the order of their columns in the scalar group.</summary>
    public required IReadOnlyList<ScalarPlan> Scalars { get; init; }

    /// <summary>Every name a scalar may have, with its column.</summary>
    public IReadOnlyList<(Oid Name, int Column)> ScalarNames => field ??= [.. Scalars.SelectMany((scalar, column) => scalar.Candidates.Select(name => (name, column)))];

    /// <summary>What is walked; the first is the scalar group, which is not.</summary>
    public required IReadOnlyList<WalkGroup> Groups { get; init; }

    public required IReadOnlyList<EntryPlan> Entries { get; init; }

    /// <summary>For each entry the groups that none behind it needs.</summary>
    public IReadOnlyList<IReadOnlyList<int>> LastNeeds =>
        field ??= [.. Entries.Select((entry, i) => entry.Needs.Where(group => !Entries.Skip(i + 1).Any(later => later.Needs.Contains(group))).ToList())];

    /// <summary>Tags of all points of the device, from scalars.</summary>
    public required IReadOnlyList<TagPlan> Tags { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> StaticTags { get; init; }

    /// <summary>String fields of the device's own point.</summary>
    public required IReadOnlyList<FieldPlan> Metadata { get; init; }

    /// <summary>Subtrees of which is looked whether there is anything below: by place in the lists of the entries.</summary>
    public required IReadOnlyList<Oid> Presences { get; init; }
}

/// <summary>A scalar and the names under which it may be found; the first that answers counts.</summary>
internal sealed record ScalarPlan(Oid Oid, IReadOnlyList<Oid> Candidates);

/// <summary>Columns that are walked side by side.</summary>
/// <param name="Name">What it is called in texts.</param>
internal sealed record WalkGroup(string Name, IReadOnlyList<Oid> Columns, int? MaxRows);

/// <summary>An entry of the profile: rows of one group that become points.</summary>
internal sealed record EntryPlan
{
    public required string Name { get; init; }

    public required string Measurement { get; init; }

    /// <summary>The group whose rows these are.</summary>
    public required int Group { get; init; }

    /// <summary>All groups that values come from, the own one too.</summary>
    public required IReadOnlyList<int> Needs { get; init; }

    public required IReadOnlyList<FieldPlan> Fields { get; init; }

    public required IReadOnlyList<TagPlan> Tags { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> StaticTags { get; init; }

    public required IReadOnlyList<ConditionPlan> Where { get; init; }

    /// <summary>Presences of which one must be there, if there are any; and those of which none may be.</summary>
    public required IReadOnlyList<int> When { get; init; }

    public required IReadOnlyList<int> Unless { get; init; }

    public required TimeSpan PollTime { get; init; }

    public required bool WithUptime { get; init; }

    public required bool IsCapacity { get; init; }

    public required LimitPlan? Limits { get; init; }

    /// <summary>The field whose object is named in the field <c>oid</c>; -1 for no such field.</summary>
    public required int OidField { get; init; }

    public bool IsScalar => Group == PollPlan.ScalarGroup;
}

/// <summary>A field and what it may come from; the first alternative that has a value is taken.</summary>
internal sealed record FieldPlan(string Name, IReadOnlyList<ValuePlan> Alternatives, IReadOnlyList<int> Unless)
{
    /// <summary>True when an answer of the device makes it: a row with none of these is no point.</summary>
    public bool IsAnswer { get; } = Alternatives.Any(value => value.IsAnswer);

    /// <summary>True when it is a float whatever the device counts in.</summary>
    public bool IsFloat { get; init; }
}

/// <summary>A tag and what it may come from.</summary>
internal sealed record TagPlan(string Name, IReadOnlyList<(ProfileTag Tag, ValuePlan Value)> Alternatives);

/// <summary>Limits in child rows: columns of their group.</summary>
internal sealed record LimitPlan(int Group, LimitRows Rows, int ValueField)
{
    public const int SeverityColumn = 0;
    public const int RelationColumn = 1;
    public const int ValueColumn = 2;
}
