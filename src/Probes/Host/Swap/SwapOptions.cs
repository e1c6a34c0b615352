using NocMonitor.Configuration;

namespace NocMonitor.Probes.Host.Swap;

/// <summary>Options of the probe <c>swap</c>.</summary>
internal sealed record SwapOptions
{
    /// <summary>Where the watched machine's files are seen.</summary>
    public required HostRoot Root { get; init; }

    public static SwapOptions Read(OptionReader options) => new() { Root = HostRoot.Read(options) };
}
