using NocMonitor.Probes.Snmp.Protocol;
using NocMonitor.Probes.Snmp.Protocol.Usm;

namespace NocMonitor.Probes.Snmp.Traps;

/// <summary>An opened message of version 3 with what an answer to it needs. Points into the datagram.</summary>
internal readonly ref struct UsmLetter
{
    public int MessageId { get; init; }

    public SecurityLevel Level { get; init; }

    public string User { get; init; }

    public ReadOnlySpan<byte> ContextEngineId { get; init; }

    public ReadOnlySpan<byte> ContextName { get; init; }

    public ReadOnlySpan<byte> Element { get; init; }

    public Pdu Pdu { get; init; }

    public UsmSession? Session { get; init; }
}
