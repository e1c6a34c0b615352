namespace NocMonitor.Collector.Operations;

/// <summary>The operational database cannot be used; the message says why and what to do.</summary>
internal sealed class OperationsException(string message, Exception? inner = null) : Exception(message, inner);
