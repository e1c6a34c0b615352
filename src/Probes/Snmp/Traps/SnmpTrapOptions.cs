using System.Net;
using NocMonitor.Configuration;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Traps;

/// <summary>Options of <c>snmp_trap</c>.</summary>
internal sealed record SnmpTrapOptions
{
    /// <summary>Null for all addresses of both families.</summary>
    public required IPAddress? Address { get; init; }

    public required int Port { get; init; }

    /// <summary>Empty for all.</summary>
    public required SourceRanges Sources { get; init; }

    /// <summary>Sources that pass on traps of others.</summary>
    public required SourceRanges Relays { get; init; }

    /// <summary>Datagrams a second and source.</summary>
    public required double Rate { get; init; }

    public required int Burst { get; init; }

    public required TimeSpan DuplicateWindow { get; init; }

    public required long ReceiveBuffer { get; init; }

    public required IReadOnlyList<SnmpCredentials> Credentials { get; init; }

    public required bool CheckTime { get; init; }

    public required IReadOnlyDictionary<string, string> Names { get; init; }

    /// <summary>Folders of device profiles, absolute; the shipped ones come before them.</summary>
    public required IReadOnlyList<string> ProfileFolders { get; init; }

    public required TimeSpan ListenOnce { get; init; }

    public static SnmpTrapOptions Read(OptionReader options) => new()
    {
        Address = ReadAddress(options),
        Port = options.Integer("Port", 162, 1, 65535,
            "UDP port. One below 1024 needs the capability CAP_NET_BIND_SERVICE on Linux; on Windows the system's own SNMP trap service must not run."),
        Sources = ReadRanges(options, "Sources", "Networks that traps are taken from, such as 10.0.0.0/8; others are dropped unread. Empty takes all."),
        Relays = ReadRanges(options, "Relays", "Networks of relays, whose traps are about the device that they name (agent-addr, snmpTrapAddress)."),
        Rate = options.Number("Rate", 100, 0.1, 1_000_000, "Datagrams a second that each source may send for long; more are dropped unread."),
        Burst = options.Integer("Burst", 1000, 1, 10_000_000, "Datagrams that a source may send at once."),
        DuplicateWindow = options.Duration("DuplicateWindow", TimeSpan.FromSeconds(60), TimeSpan.Zero, TimeSpan.FromHours(1),
            "How long the same notification of the same source counts as a repetition; 0 never."),
        ReceiveBuffer = options.Bytes("ReceiveBuffer", 8 << 20, 64 << 10, 1 << 30,
            "The socket's buffer for what waits to be read. Linux gives no more than net.core.rmem_max."),
        Credentials = ReadCredentials(options),
        CheckTime = options.Flag("CheckTime", true,
            "Drop signed version 3 traps outside the sender's time window (RFC 3414). False takes them from senders that lose their clock, and old ones that somebody replays."),
        Names = ReadNames(options),
        ProfileFolders = ReadFolders(options),
        ListenOnce = options.Duration("ListenOnce", TimeSpan.FromSeconds(5), TimeSpan.Zero, TimeSpan.FromHours(1),
            "How long a single run from the command line listens."),
    };

    private static IPAddress? ReadAddress(OptionReader options)
    {
        var text = options.OptionalText("Address", "The address to listen on; all of both families unless set.");
        if (text is null || IPAddress.TryParse(text, out _))
        {
            return text is null ? null : IPAddress.Parse(text);
        }

        options.Fail("Address", $"'{text}' is not an address");
        return null;
    }

    private static SourceRanges ReadRanges(OptionReader options, string name, string help)
    {
        var networks = new List<IPNetwork>();
        foreach (var text in options.Texts(name, [], help))
        {
            if (SourceRanges.TryParse(text, out var network))
            {
                networks.Add(network);
            }
            else
            {
                options.Fail(name, $"'{text}' is not a network such as 10.0.0.0/8 or 2001:db8::/32");
            }
        }

        return new SourceRanges(networks);
    }

    private static IReadOnlyDictionary<string, string> ReadNames(OptionReader options)
    {
        var names = options.TextMap("Names", "What sources are called: address to host. Polled devices are known by their names without it.");
        foreach (var address in names.Keys.Where(address => !IPAddress.TryParse(address, out _)))
        {
            options.Fail("Names", $"'{address}' is not an address");
        }

        return names;
    }

    /// <summary>The agent's users are known too; its communities are for asking and would shut out what devices send by themselves.</summary>
    private static IReadOnlyList<SnmpCredentials> ReadCredentials(OptionReader options)
    {
        var own = options.SectionMap("Credentials", SnmpCredentials.Read,
            "Communities and version 3 users by name that notifications are taken from. Without a community any is good. The users of Agent.SnmpCredentials are known too.");
        var shared = (options.Provided<SnmpCredentialSet>()?.ByName.Values ?? []).Where(entry => entry.Version == SnmpVersion.V3).ToList();
        foreach (var user in shared)
        {
            // The section's text does not say what these are, so a change of them must show otherwise.
            options.DependOn(SnmpCredentialSet.MarkOf(user));
        }

        return [.. own.Values, .. shared];
    }

    private static List<string> ReadFolders(OptionReader options)
    {
        var folders = options.Texts("ProfileFolders", [], "Folders of device profiles beside the shipped ones, for the names of traps; relative to this file.")
            .Select(folder => options.ResolvePath("ProfileFolders", folder)).ToList();
        foreach (var folder in folders)
        {
            if (!Directory.Exists(folder) && !options.Describing)
            {
                options.Fail("ProfileFolders", $"there is no folder {folder}");
            }

            options.DependOnFolder(folder);
        }

        return folders;
    }
}
