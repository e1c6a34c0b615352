namespace NocMonitor.Collector.Notify.Outbox;

/// <summary>One notification that waits, with the alert as it is to be told.</summary>
/// <param name="Attempts">Rounds of tries that failed.</param>
internal sealed record OutboxRow(long Id, int Attempts, NotifiedAlert Alert);
