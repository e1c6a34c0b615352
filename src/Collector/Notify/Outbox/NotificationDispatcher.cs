using NocMonitor.Collector.Alerts;

namespace NocMonitor.Collector.Notify.Outbox;

/// <summary>
/// Keeps one queue a receiver and wakes them when alerts were added to the outbox. A reload hands in new options, which the loop takes up: all
/// queues end and start anew, and what waits goes on from the outbox. The list of queues is replaced by the loop only and read by any thread.
/// </summary>
internal sealed class NotificationDispatcher(
    NotifyOptions first, OutboxSignal signal, Func<NotifyOptions, DispatchContext> context) : BackgroundService
{
    private volatile IReadOnlyList<ReceiverQueue> _queues = [];
    private volatile NotifyOptions _options = first;
    private bool _changed = true;

    /// <summary>The receivers that are on, and whether each one's breaker is open.</summary>
    public IReadOnlyList<(string Name, bool IsBroken)> Receivers => [.. _queues.Select(queue => (queue.Name, queue.IsBroken))];

    /// <summary>The options in force, or about to be.</summary>
    public NotifyOptions Options => _options;

    /// <summary>Takes up new receivers soon.</summary>
    public void Replace(NotifyOptions options)
    {
        _options = options;
        Volatile.Write(ref _changed, true);
        signal.Raise();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                if (Interlocked.Exchange(ref _changed, false))
                {
                    await EndAsync();
                    Start(_options);
                }

                await signal.WaitAsync(stoppingToken);
                foreach (var queue in _queues)
                {
                    queue.Wake();
                }
            }
        }
        finally
        {
            await EndAsync();
        }
    }

    private void Start(NotifyOptions options)
    {
        var shared = context(options);
        _queues = [.. options.Receivers.Values.Where(receiver => receiver.Enabled).Select(receiver => new ReceiverQueue(receiver, shared))];
    }

    private async Task EndAsync()
    {
        var ended = _queues;
        _queues = [];
        await Task.WhenAll(ended.Select(queue => queue.DisposeAsync().AsTask()));
    }
}
