using NocMonitor.Probes.Snmp.Profiles;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Polling.Plans;

/// <summary>A symbol with everything it needs resolved to cells. Immutable.</summary>
/// <param name="Source">The cell; null for what is made of others.</param>
/// <param name="Inputs">The symbols that its expression or template names, in that order; null where the name is sys_uptime.</param>
internal sealed record ValuePlan(
    ProfileSymbol Symbol,
    CellSource? Source,
    IReadOnlyList<ValuePlan?> Inputs,
    IReadOnlyList<CellSource> Scales,
    IReadOnlyList<ConditionPlan> Where)
{
    /// <summary>True when the value hangs on an answer of the device in this row.</summary>
    public bool IsAnswer { get; } = (Source is { Lookup: null } || Inputs.Any(input => input is { IsAnswer: true })) && Symbol.Constant is null;

    /// <summary>True when the number is stored as it came.</summary>
    public bool IsRaw { get; } = Symbol is
    {
        Format: ValueFormat.ByType, Words: null, States: null, ScaleFactor: null, Extract: null, Match: null, IsUnsigned: false, Template: null,
        Invalid.Count: 0, ScaleBy.Count: 0,
    } && Where.Count == 0;
}

/// <summary>Where a cell stands.</summary>
internal sealed record CellSource(int Group, int Column, Oid Oid, LookupPlan? Lookup);

/// <summary>How the row of another table is found.</summary>
internal sealed record LookupPlan(IReadOnlyList<IndexSlice> Transform, ValuePlan? From, byte[]? Fixed);

/// <summary>A condition with its value.</summary>
internal sealed record ConditionPlan(RowCondition Condition, ValuePlan Value);
