using NocMonitor.Configuration;

namespace NocMonitor.Probes.Host.Mem;

/// <summary>Options of the probe <c>mem</c>.</summary>
internal sealed record MemOptions
{
    /// <summary>Where the watched machine's files are seen.</summary>
    public required HostRoot Root { get; init; }

    public static MemOptions Read(OptionReader options) => new() { Root = HostRoot.Read(options) };
}
