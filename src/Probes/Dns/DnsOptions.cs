using NocMonitor.Configuration;
using NocMonitor.Probes.Targets;

namespace NocMonitor.Probes.Dns;

/// <summary>How a question travels.</summary>
internal enum DnsProtocol
{
    /// <summary>Over UDP, and over TCP when the answer did not fit.</summary>
    Udp,

    /// <summary>Over TCP only.</summary>
    Tcp,
}

/// <summary>Options of the <c>dns</c> probe.</summary>
internal sealed record DnsOptions
{
    private const int Port = 53;

    /// <summary>The names that are asked for; each is asked of each server.</summary>
    public required TargetOptions Targets { get; init; }

    /// <summary>Servers as configured; empty for this machine's own.</summary>
    public required IReadOnlyList<string> Servers { get; init; }

    public required DnsRecordType RecordType { get; init; }

    public required DnsProtocol Protocol { get; init; }

    public required bool Recursive { get; init; }

    public required IpFamily Family { get; init; }

    public required DnsExpectation Expectation { get; init; }

    public static DnsOptions Read(OptionReader options)
    {
        var type = options.Choice("RecordType", DnsRecordType.A, "The type of record that is asked for.");
        return new DnsOptions
        {
            RecordType = type,
            Targets = ReadTargets(options, type),
            Servers = ReadServers(options),
            Protocol = options.Choice("Protocol", DnsProtocol.Udp, "How the question travels: Udp, with TCP when the answer did not fit, or Tcp."),
            Recursive = options.Flag("Recursive", true, "Whether the server shall ask others for what it does not know."),
            Family = options.Choice("Family", IpFamily.Any, "Which addresses of a server given by name are used."),
            Expectation = DnsExpectation.Read(options),
        };
    }

    internal static bool TryParseServer(string text, out HostPort server) => HostPort.TryParse(text, Port, out server);

    private static TargetOptions ReadTargets(OptionReader options, DnsRecordType type)
    {
        var targets = TargetOptions.Read(options, "Names to ask for; for PTR also addresses.", TimeSpan.FromSeconds(2));
        foreach (var target in targets.Targets.Where(target => !DnsQuestion.TryParse(target, type, out _)))
        {
            options.Fail("Targets", $"'{target}' is not a domain name; labels have 1 to 63 ASCII characters, others are written in Punycode");
        }

        return targets;
    }

    private static IReadOnlyList<string> ReadServers(OptionReader options)
    {
        var servers = options.Texts("Servers", [],
            "DNS servers to ask: a name or an address, with a port when it is not 53; without any those of this machine (/etc/resolv.conf), as they are at the start.");
        foreach (var server in servers.Where(server => !TryParseServer(server, out _)))
        {
            options.Fail("Servers", $"'{server}' is not a host, host:port or [IPv6]:port");
        }

        return servers;
    }
}
