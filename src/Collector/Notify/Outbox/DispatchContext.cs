namespace NocMonitor.Collector.Notify.Outbox;

/// <summary>What all receivers' queues share.</summary>
internal sealed record DispatchContext(OutboxStore Outbox, OutboxOptions Options, NotifyMetrics Metrics, string ExternalUrl, TimeProvider Time, ILogger Log);
