using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>
/// Limits that stand in rows of another table, whose index begins with this row's: each becomes the field <c>limit_RELATION_SEVERITY</c>, scaled as the
/// field <c>value</c> is.
/// </summary>
internal sealed record LimitRows(LimitColumn Severity, LimitColumn Relation, Oid Value);

/// <summary>A column and the words of its numbers; a number without a word makes no limit.</summary>
internal sealed record LimitColumn(Oid Column, SymbolWords Words);
