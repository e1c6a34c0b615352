using NocMonitor.Configuration;

namespace NocMonitor.Probes.Host.Net;

/// <summary>Options of the probe <c>net</c>.</summary>
internal sealed record NetOptions
{
    /// <summary>
    /// Ends of containers and virtual machines, whose names are new with each start and would make series without end; and the hidden adapters of Windows, which
    /// have a star and a number in their names.
    /// </summary>
    public static readonly string[] DefaultExcludedInterfaces = ["veth*", "cali*", "lxc*", "vnet[0-9]*", "tap[0-9a-f]*", "*[*] [0-9]*"];

    /// <summary>Patterns of interfaces to report, whatever their state and the other option say; empty means all others.</summary>
    public required IReadOnlyList<string> Interfaces { get; init; }

    /// <summary>Patterns of interfaces to leave out; default <see cref="DefaultExcludedInterfaces"/>.</summary>
    public required IReadOnlyList<string> ExcludeInterfaces { get; init; }

    /// <summary>Where the watched machine's files are seen.</summary>
    public required HostRoot Root { get; init; }

    public static NetOptions Read(OptionReader options) => new()
    {
        Interfaces = options.Texts("Interfaces", [],
            "Interfaces to report, as patterns, also loopback and those switched off; when empty all others that are switched on."),
        ExcludeInterfaces = options.Texts("ExcludeInterfaces", DefaultExcludedInterfaces, "Interfaces to leave out, as patterns."),
        Root = HostRoot.Read(options),
    };
}
