namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>What a Get or a walk took.</summary>
/// <param name="Requests">Datagrams sent, retries included.</param>
/// <param name="Retries">Datagrams sent again after a timeout.</param>
/// <param name="Varbinds">Values that were answered.</param>
/// <param name="Elapsed">From the call to its end.</param>
/// <param name="FirstAnswer">From the first datagram that was answered, as it was last sent, to its answer; null without an answer.</param>
public readonly record struct SnmpEffort(int Requests, int Retries, int Varbinds, TimeSpan Elapsed, TimeSpan? FirstAnswer)
{
    public static SnmpEffort operator +(SnmpEffort left, SnmpEffort right) => Add(left, right);

    /// <summary>Both together; the first answer is the left one's.</summary>
    public static SnmpEffort Add(SnmpEffort left, SnmpEffort right) => new(
        left.Requests + right.Requests, left.Retries + right.Retries, left.Varbinds + right.Varbinds, left.Elapsed + right.Elapsed, left.FirstAnswer ?? right.FirstAnswer);
}
