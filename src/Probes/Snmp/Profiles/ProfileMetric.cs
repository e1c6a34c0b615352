using NocMonitor.Configuration;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>One entry of <c>metrics</c>: a table, or scalars that make one point. Immutable.</summary>
internal sealed record ProfileMetric
{
    public required ConfigPlace Place { get; init; }

    public required string Mib { get; init; }

    public required string Measurement { get; init; }

    /// <summary>Null for scalars.</summary>
    public required ProfileTable? Table { get; init; }

    /// <summary>What becomes fields.</summary>
    public required IReadOnlyList<ProfileSymbol> Symbols { get; init; }

    /// <summary>What is asked for and becomes no field by itself.</summary>
    public required IReadOnlyList<ProfileSymbol> Columns { get; init; }

    public required IReadOnlyList<ProfileTag> Tags { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> StaticTags { get; init; }

    public required IReadOnlyList<RowCondition> Where { get; init; }

    /// <summary>The entry is used when the device has anything under one of these, if there are any.</summary>
    public required IReadOnlyList<Oid> When { get; init; }

    /// <summary>The entry is not used when the device has anything under one of these.</summary>
    public required IReadOnlyList<Oid> Unless { get; init; }

    /// <summary>Complete total, used, free and used_percent; no point without a total.</summary>
    public required bool IsCapacity { get; init; }

    /// <summary>Limits from rows of another table; null for none.</summary>
    public required LimitRows? Limits { get; init; }

    public required bool WithUptime { get; init; }

    /// <summary>Null for the probe's own bound.</summary>
    public required int? MaxRows { get; init; }

    /// <summary>Not more often than this; zero for each round.</summary>
    public required TimeSpan PollTime { get; init; }
}

/// <summary>The name and place of a table in the tree of objects; the name may be unknown.</summary>
internal sealed record ProfileTable(string Name, Oid? Oid);
