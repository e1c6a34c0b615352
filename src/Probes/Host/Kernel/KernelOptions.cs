using NocMonitor.Configuration;

namespace NocMonitor.Probes.Host.Kernel;

/// <summary>Options of the probe <c>kernel</c>.</summary>
internal sealed record KernelOptions
{
    /// <summary>Where the watched machine's files are seen.</summary>
    public required HostRoot Root { get; init; }

    public static KernelOptions Read(OptionReader options) => new() { Root = HostRoot.Read(options) };
}
