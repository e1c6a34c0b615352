using NocMonitor.Configuration;

namespace NocMonitor.Probes.Host.Processes;

/// <summary>Options of the probe <c>processes</c>.</summary>
internal sealed record ProcessesOptions
{
    /// <summary>Where the watched machine's files are seen.</summary>
    public required HostRoot Root { get; init; }

    public static ProcessesOptions Read(OptionReader options) => new() { Root = HostRoot.Read(options) };
}
