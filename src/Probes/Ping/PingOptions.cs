using NocMonitor.Configuration;
using NocMonitor.Probes.Targets;

namespace NocMonitor.Probes.Ping;

/// <summary>Options of the <c>ping</c> probe.</summary>
internal sealed record PingOptions
{
    /// <summary>The payload of a jumbo frame: 9,000 bytes less the headers of IPv4 and ICMP.</summary>
    public const int LargestSize = 8972;

    /// <summary>Names and addresses; at least one.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>Packets to each target in a round.</summary>
    public required int Count { get; init; }

    /// <summary>From one packet of a round to the next, to the same target.</summary>
    public required TimeSpan PacketInterval { get; init; }

    /// <summary>How long the answer to a packet is awaited.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Bytes of payload.</summary>
    public required int Size { get; init; }

    /// <summary>Which addresses of a name are used.</summary>
    public required IpFamily Family { get; init; }

    /// <summary>Over how much of the round's beginning the first packets are spread.</summary>
    public required TimeSpan Spread { get; init; }

    /// <summary>Single packets that follow when a target's result changes.</summary>
    public required int Confirmations { get; init; }

    /// <summary>From a packet to the confirmation that follows it.</summary>
    public required TimeSpan ConfirmInterval { get; init; }

    /// <summary>How long a name's resolution is awaited.</summary>
    public required TimeSpan ResolveTimeout { get; init; }

    public static PingOptions Read(OptionReader options) => new()
    {
        Targets = ReadTargets(options),
        Count = options.Integer("Count", 1, 1, 100, "Packets to each target in a round."),
        PacketInterval = options.Duration("PacketInterval", TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1),
            "From one packet of a round to the next, to the same target."),
        Timeout = options.Duration("Timeout", TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1),
            "How long the answer to a packet is awaited."),
        Size = options.Integer("Size", 56, EchoMessage.SmallestPayload, LargestSize, "Bytes of payload in a packet."),
        Family = options.Choice("Family", IpFamily.Any, "Which addresses of a name are used; Any takes the first that the resolver gives."),
        Spread = options.Duration("Spread", TimeSpan.FromMilliseconds(500), TimeSpan.Zero, TimeSpan.FromMinutes(5),
            "Over how much of the round's beginning the targets are spread; never more than fifty packets go out each millisecond."),
        Confirmations = options.Integer("Confirmations", 2, 0, 10,
            "Single packets, each a point of its own, that follow at once when a target falls silent or answers again."),
        ConfirmInterval = options.Duration("ConfirmInterval", TimeSpan.FromSeconds(1), TimeSpan.Zero, TimeSpan.FromMinutes(1),
            "From a packet to the confirmation that follows it; a packet's time limit ends first."),
        ResolveTimeout = options.Duration("ResolveTimeout", TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1),
            "How long the resolution of a name is awaited; other targets do not wait for it."),
    };

    private static IReadOnlyList<string> ReadTargets(OptionReader options)
    {
        var targets = options.Texts("Targets", [], "What to ping: names, IPv4 and IPv6 addresses.");
        if (targets.Count == 0)
        {
            options.Fail("Targets", "at least one target is required");
        }

        foreach (var target in targets.Where(target => !HostPort.IsHost(target)))
        {
            options.Fail("Targets", $"'{target}' is neither a host name nor an address");
        }

        return targets;
    }
}
