namespace NocMonitor.Probes.Host.Net;

/// <summary>What an interface counted since it came to be.</summary>
internal readonly record struct InterfaceCounters
{
    public ulong BytesReceived { get; init; }

    public ulong PacketsReceived { get; init; }

    public ulong ErrorsIn { get; init; }

    public ulong DropsIn { get; init; }

    public ulong BytesSent { get; init; }

    public ulong PacketsSent { get; init; }

    public ulong ErrorsOut { get; init; }

    public ulong DropsOut { get; init; }
}
