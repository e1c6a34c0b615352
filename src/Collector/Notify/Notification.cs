namespace NocMonitor.Collector.Notify;

/// <summary>What is told to a receiver at once: one transition, or many that came together.</summary>
/// <param name="Receiver">The receiver's name.</param>
/// <param name="IdempotencyKey">The same for each try of the same transitions to the same receiver.</param>
/// <param name="Alerts">At least one; each alert at most once.</param>
/// <param name="ExternalUrl">Where people reach this collector.</param>
internal sealed record Notification(string Receiver, string IdempotencyKey, IReadOnlyList<NotifiedAlert> Alerts, string ExternalUrl)
{
    /// <summary>Any alert of it is firing.</summary>
    public bool IsFiring => Alerts.Any(alert => alert.IsFiring);
}
