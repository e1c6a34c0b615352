namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>What became of a walk. Whatever the outcome, the rows that came were handed over.</summary>
/// <param name="Error">The reason in words; empty when the walk came to its end.</param>
/// <param name="Warnings">Columns that were ended before their end, and why.</param>
public sealed record WalkResult(SnmpOutcome Outcome, string Error, IReadOnlyList<string> Warnings, SnmpEffort Effort)
{
    public bool IsComplete => Outcome == SnmpOutcome.Answered;
}
