namespace NocMonitor.Collector.Hosting;

/// <summary>The collector cannot start, for a reason that an operator can mend: the message is the one line to show, and the exit code is 1.</summary>
internal sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);
