using Microsoft.Extensions.Logging;

namespace NocMonitor.Probes;

/// <summary>What all probes of one agent share.</summary>
/// <param name="Time">The only clock.</param>
/// <param name="HostName">The name this machine reports as <c>host</c>.</param>
/// <param name="Logs">Makes the probes' loggers.</param>
public sealed record ProbeContext(TimeProvider Time, string HostName, ILoggerFactory Logs);
