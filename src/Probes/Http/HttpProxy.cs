using NocMonitor.Probes.Targets;

namespace NocMonitor.Probes.Http;

/// <summary>An HTTP proxy that requests go through.</summary>
/// <param name="Address">Where it listens.</param>
/// <param name="Authorization">The header value that it wants; secret; null for none.</param>
internal sealed record HttpProxy(HostPort Address, string? Authorization);
