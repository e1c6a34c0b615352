namespace NocMonitor.Collector.Notify;

/// <summary>
/// Sends notifications to one receiver. One send at a time. A failure is a value; only cancellation may be thrown. The result's reason shows in
/// the read API and in logs: it must hold no secret.
/// </summary>
internal interface INotifier : IDisposable
{
    ValueTask<SendResult> SendAsync(Notification notification, CancellationToken token);
}
