using NocMonitor.Configuration;
using NocMonitor.Probes;
using NocMonitor.Probes.Snmp;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Agent.Settings;

/// <summary>The section <c>Agent</c>. Immutable; a reload reads a whole new one.</summary>
public sealed record AgentOptions
{
    /// <summary>The tag <c>agent</c> of every point; the machine's name unless told otherwise.</summary>
    public required string Name { get; init; }

    /// <summary>The tag <c>host</c> of points about this machine.</summary>
    public required string Host { get; init; }

    /// <summary>The folder of the spool and the dead letters, absolute.</summary>
    public required string Data { get; init; }

    /// <summary>Tags of every point that does not carry them already.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>Where points go; the first that works is used.</summary>
    public required IReadOnlyList<CollectorOptions> Collectors { get; init; }

    /// <summary>How often the spool is emptied when no result changes.</summary>
    public required TimeSpan FlushInterval { get; init; }

    /// <summary>How often the agent reports about itself.</summary>
    public required TimeSpan HeartbeatInterval { get; init; }

    /// <summary>How often the configuration files are looked at for changes; zero never.</summary>
    public required TimeSpan ReloadInterval { get; init; }

    public required SpoolOptions Spool { get; init; }

    /// <summary>The port of <c>/metrics</c> on loopback; 0 is off.</summary>
    public required int MetricsPort { get; init; }

    /// <summary>SNMP credentials by name, upper and lower case alike.</summary>
    public required IReadOnlyDictionary<string, SnmpCredentials> SnmpCredentials { get; init; }

    public required IReadOnlyList<ProbeEntry> Probes { get; init; }

    /// <param name="options">The section <c>Agent</c>.</param>
    /// <param name="findType">Finds a probe type by the word in <c>Type</c>: <see cref="ProbeCatalog.Find"/>.</param>
    public static AgentOptions Read(OptionReader options, Func<string, ProbeType?> findType)
    {
        var credentials = SnmpCredentialSet.Read(options);
        var name = options.OptionalText("Name", "The tag agent of every point: who watched. The machine's name unless set.") ?? Environment.MachineName;
        return new AgentOptions
        {
            Name = name,
            Host = options.OptionalText("Host", "The tag host of points about this machine. Name unless set.") ?? name,
            Data = options.ResolvePath("Data", options.Text("Data", "data/agent", "The folder of the spool; relative to this file.")),
            Tags = options.TextMap("Tags", "Tags of every point that does not carry them already."),
            Collectors = options.Sections("Collectors", CollectorOptions.Read, "Where points go, in order of preference: the first that works is used."),
            FlushInterval = options.Duration("FlushInterval", TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10),
                "How often points are sent; a changed result goes at once."),
            HeartbeatInterval = options.Duration("HeartbeatInterval", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10),
                "How often the agent reports about itself (measurement agent); its silence is an alert."),
            ReloadInterval = options.Duration("ReloadInterval", TimeSpan.FromSeconds(5), TimeSpan.Zero, TimeSpan.FromHours(1),
                "How often the configuration is looked at for changes; 0 never."),
            Spool = options.Section("Spool", SpoolOptions.Read, "Points that could not be delivered yet, on disk."),
            MetricsPort = options.Integer("MetricsPort", 0, 0, 65535, "Port of /metrics (Prometheus text) on the loopback address; 0 is off."),
            SnmpCredentials = credentials.ByName,
            Probes = ReadProbes(options, findType),
        };
    }

    private static List<ProbeEntry> ReadProbes(OptionReader options, Func<string, ProbeType?> findType)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var entries = options.Sections("Probes", section =>
        {
            var entry = ProbeEntry.Read(section, findType);
            if (entry is not null && !names.Add(entry.Name))
            {
                section.Fail("Name", $"two probes are named '{entry.Name}'; give each its own Name");
            }

            return entry;
        }, "What is probed. Each entry has these options and the own options of its Type.");
        return [.. entries.OfType<ProbeEntry>().Where(entry => entry.Enabled)];
    }
}
