using NocMonitor.Configuration;

namespace NocMonitor.Probes.Host.SystemLoad;

/// <summary>Options of the probe <c>system</c>.</summary>
internal sealed record SystemOptions
{
    /// <summary>Where the watched machine's files are seen.</summary>
    public required HostRoot Root { get; init; }

    public static SystemOptions Read(OptionReader options) => new() { Root = HostRoot.Read(options) };
}
