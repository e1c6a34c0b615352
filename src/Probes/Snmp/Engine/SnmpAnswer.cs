using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>What became of a Get.</summary>
/// <param name="Error">The reason in words; empty when all was answered.</param>
/// <param name="Values">
/// A value for each name asked for, in that order. An object that the device does not have is one of the exceptions, in version 1 too; what was not
/// answered is <see cref="SnmpType.Null"/>.
/// </param>
/// <param name="Warnings">What the device did that it should not, in words; names that it answered with an error.</param>
public sealed record SnmpAnswer(SnmpOutcome Outcome, string Error, IReadOnlyList<SnmpValue> Values, IReadOnlyList<string> Warnings, SnmpEffort Effort)
{
    public bool IsAnswered => Outcome == SnmpOutcome.Answered;
}
