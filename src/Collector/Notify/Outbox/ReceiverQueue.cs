using Microsoft.Data.Sqlite;
using NocMonitor.Collector.Hosting;

namespace NocMonitor.Collector.Notify.Outbox;

/// <summary>
/// Everything that waits for one receiver, sent by one loop: whatever this receiver does, no other one waits for it. The outbox holds the
/// rows; the queue holds nothing that a crash could lose. Few waiting rows go one by one, worst first; many go as one notification. The loop owns
/// the notifier; waking it and reading its state is for any thread.
/// </summary>
internal sealed partial class ReceiverQueue : IAsyncDisposable
{
    private const int MostAtOnce = 100;
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan DatabasePause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(3);

    private readonly ReceiverOptions _receiver;
    private readonly DispatchContext _context;
    private readonly ILogger _log;
    private readonly INotifier _notifier;
    private readonly SendPipeline _pipeline;
    private readonly WakeSignal _wake = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly Task _loop;

    // Owned by the loop.
    private bool _failing;
    private bool _wasHeldBack;

    public ReceiverQueue(ReceiverOptions receiver, DispatchContext context)
    {
        _receiver = receiver;
        _context = context;
        _log = context.Log;
        _notifier = receiver.Create(context.Time);
        _pipeline = new SendPipeline(_notifier, receiver.Timeout, context.Options, context.Time);
        _loop = Task.Run(RunAsync);
    }

    public string Name => _receiver.Name;

    /// <summary>Whether tries are held back because too many failed in a row.</summary>
    public bool IsBroken => _pipeline.IsBroken;

    /// <summary>Makes the loop look at the outbox now.</summary>
    public void Wake() => _wake.Raise();

    /// <summary>Takes no further row, gives the send under way a moment, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _abort.CancelAfter(StopGrace);
        await _loop;
        _notifier.Dispose();
        _stop.Dispose();
        _abort.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                // While tries are held back a row would only be read and put off, and each of a storm's thousands is written for that.
                if (_pipeline.HeldBack is var held && held > TimeSpan.Zero)
                {
                    _wasHeldBack = true;
                    await _wake.WaitAsync(held, _context.Time, _stop.Token);
                }
                else if (!await SendDueAsync())
                {
                    await _wake.WaitAsync(UntilNext(), _context.Time, _stop.Token);
                }
            }
            catch (SqliteException exception)
            {
                LogDatabase(_receiver.Name, exception.Message);
                await _wake.WaitAsync(DatabasePause, _context.Time, _stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task<bool> SendDueAsync()
    {
        var due = _context.Outbox.Due(_receiver.Name, _receiver.GroupFrom > 0 ? MostAtOnce : 1);
        if (due.Count == 0)
        {
            return false;
        }

        IReadOnlyList<OutboxRow> rows = _receiver.GroupFrom > 0 && due.Count >= _receiver.GroupFrom ? due : [due[0]];
        NotifiedAlert[] alerts = [.. rows.Select(row => row.Alert)];
        var notification = new Notification(_receiver.Name, NotificationKey.Of(_receiver.Name, alerts), alerts, _context.ExternalUrl);
        var started = _context.Time.GetTimestamp();
        var result = await _pipeline.SendAsync(notification, _abort.Token);
        _context.Metrics.Sent(_receiver.Name, result.Outcome, rows.Count, _context.Time.GetElapsedTime(started));
        await RecordAsync(rows, result);
        return true;
    }

    /// <summary>What was sent must be noted, else it is sent again: it is tried until it is written or the collector ends.</summary>
    private async Task RecordAsync(IReadOnlyList<OutboxRow> rows, SendResult result)
    {
        LogChange(result);
        while (true)
        {
            try
            {
                await WriteAsync(rows, result);
                _wasHeldBack &= result.Outcome != SendOutcome.Delivered;
                return;
            }
            catch (SqliteException exception)
            {
                LogDatabase(_receiver.Name, exception.Message);
                await Task.Delay(DatabasePause, _context.Time, _stop.Token);
            }
        }
    }

    private ValueTask WriteAsync(IReadOnlyList<OutboxRow> rows, SendResult result)
    {
        switch (result.Outcome)
        {
            case SendOutcome.Delivered:
                // Back from being away, not from one message's failing: what was put off for it need wait no longer.
                return _context.Outbox.DeliveredAsync(rows, result.Reason, _wasHeldBack ? _receiver.Name : null, CancellationToken.None);
            case SendOutcome.Permanent:
                LogRefused(_receiver.Name, rows[0].Alert.Summary, result.Reason);
                return _context.Outbox.FailedAsync(rows, result.Reason, CancellationToken.None);
            default:
                var pause = RetrySchedule.Pause(_context.Options, rows.Max(row => row.Attempts) + 1, result.RetryAfter, Random.Shared);
                return _context.Outbox.PostponedAsync(rows, result.Reason, _context.Time.GetUtcNow() + pause, CancellationToken.None);
        }
    }

    private TimeSpan UntilNext()
    {
        var wait = _context.Outbox.NextDue(_receiver.Name) - _context.Time.GetUtcNow() ?? LongestSleep;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestSleep ? wait : LongestSleep;
    }

    /// <summary>A receiver that is away is logged when it goes and when it comes back, not at each try.</summary>
    private void LogChange(SendResult result)
    {
        var failing = result.Outcome == SendOutcome.Temporary;
        if (failing && !_failing)
        {
            LogFailing(_receiver.Name, result.Reason);
        }
        else if (!failing && _failing)
        {
            LogWorking(_receiver.Name);
        }

        _failing = failing;
    }

    [LoggerMessage(4001, LogLevel.Warning, "Receiver {Receiver} cannot be reached, its notifications wait: {Reason}")]
    private partial void LogFailing(string receiver, string reason);

    [LoggerMessage(4002, LogLevel.Information, "Receiver {Receiver} takes notifications again")]
    private partial void LogWorking(string receiver);

    [LoggerMessage(4003, LogLevel.Error, "Receiver {Receiver} refused '{Summary}': {Reason}")]
    private partial void LogRefused(string receiver, string summary, string reason);

    [LoggerMessage(4004, LogLevel.Error, "The outbox of receiver {Receiver} cannot be read or written: {Reason}")]
    private partial void LogDatabase(string receiver, string reason);
}
