using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using NocMonitor.Collector.Operations;

namespace NocMonitor.Collector.Alerts;

/// <summary>
/// Records what the evaluator found: transition, alert row, timeline event, outbox rows and the state behind them in one transaction, and what came together
/// in one transaction too. One loop owns the open alerts, the parents and all decisions about pages; others hand it outcomes through a bounded queue, so that a
/// database that does not keep up slows evaluation down instead of losing anything.
/// </summary>
internal sealed partial class AlertLog
{
    /// <summary>The name under which the evaluated sequence is kept.</summary>
    public const string Progress = "evaluated";

    private const int MostInOneTransaction = 256;

    /// <summary>Each checkpoint forgets so many alerts at most: a few seconds later the next goes on.</summary>
    private const int MostForgotten = 50;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Channel<Entry> _entries = Channel.CreateBounded<Entry>(new BoundedChannelOptions(256) { SingleReader = true });
    private readonly AlertMemory _memory = new();
    private readonly AlertRecorder _recorder;
    private readonly OperationsDatabase _database;
    private readonly OutboxSignal _outbox;
    private readonly AlertLogOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<AlertLog> _log;

    public AlertLog(OperationsDatabase database, IAlertRouter router, OutboxSignal outbox, AlertLogOptions options, TimeProvider time, ILogger<AlertLog> log)
    {
        _database = database;
        _outbox = outbox;
        _options = options;
        _time = time;
        _log = log;
        _recorder = new AlertRecorder(_memory, new ParentIndex(HostParents), router, options.ParentWait);
    }

    /// <summary>Outcomes that wait to be recorded.</summary>
    public int Queued => _entries.Reader.Count;

    /// <summary>Committed transitions, for whoever wants to follow them live.</summary>
    public TransitionFeed Feed { get; } = new();

    /// <summary>Which hosts are on the way to which; to be filled by whoever knows before alerts are recorded.</summary>
    public HostParents HostParents { get; } = new();

    /// <summary>Called after a checkpoint is on disk with the sequence up to which the store's log is not needed any more.</summary>
    public Action<long> Checkpointed { get; set; } = static _ => { };

    /// <summary>Hands over an outcome; waits while the queue is full.</summary>
    public ValueTask AppendAsync(EvaluationOutcome outcome, CancellationToken token)
    {
        if (!outcome.HasNews && !(outcome.IsTick && _memory.HasWaiting))
        {
            return ValueTask.CompletedTask;
        }

        return _entries.Writer.WriteAsync(new Entry(outcome, null, null), token);
    }

    /// <summary>Waits until everything that was handed over before is recorded.</summary>
    public async Task FlushAsync(CancellationToken token)
    {
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _entries.Writer.WriteAsync(new Entry(null, null, done), token);
        await done.Task.WaitAsync(token);
    }

    /// <summary>Acknowledges an open alert: its escalation stops, and starts again when it gets worse. False when there is no such open alert.</summary>
    public async Task<bool> AcknowledgeAsync(long alert, string who, string note, CancellationToken token)
    {
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _entries.Writer.WriteAsync(new Entry(null, new Acknowledgement(alert, who, note), done), token);
        return await done.Task.WaitAsync(token);
    }

    /// <summary>Reads the open alerts back; before <see cref="RunAsync"/>.</summary>
    public void Load() => _database.Read(connection =>
    {
        _memory.Load(connection, _time.GetUtcNow().ToUnixTimeMilliseconds());
        return true;
    });

    /// <summary>No further outcomes will come: <see cref="RunAsync"/> records what is queued and ends.</summary>
    public void Close() => _entries.Writer.TryComplete();

    public async Task RunAsync(CancellationToken token)
    {
        var entries = new List<Entry>();
        while (await _entries.Reader.WaitToReadAsync(token))
        {
            entries.Clear();
            while (entries.Count < MostInOneTransaction && _entries.Reader.TryRead(out var entry))
            {
                entries.Add(entry);
            }

            await RecordAsync(entries, token);
        }
    }

    /// <summary>Records the entries, however long the database refuses: they are nowhere else, and what follows builds on them.</summary>
    private async Task RecordAsync(List<Entry> entries, CancellationToken token)
    {
        var answers = new bool[entries.Count];
        for (var failures = 0; ; failures++)
        {
            try
            {
                if (failures > 0)
                {
                    // The failed attempt changed the open alerts in memory; what counts is what is on disk.
                    Load();
                }

                var saved = await _database.WriteAsync(transaction => Write(transaction, entries, answers), token);
                Announce(entries, answers, saved);
                if (failures > 0)
                {
                    LogRecovered(_log, failures);
                }

                return;
            }
            catch (SqliteException exception)
            {
                if (failures == 0)
                {
                    LogRefused(_log, exception.Message);
                }

                _recorder.Forget();
                await Task.Delay(RetryAfter, _time, token);
            }
        }
    }

    /// <summary>Writes the entries; gives the sequence that a checkpoint among them saved, or 0.</summary>
    private long Write(SqliteTransaction transaction, List<Entry> entries, bool[] answers)
    {
        using var statements = new Statements(transaction);
        var tables = new AlertTables(statements);
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        long saved = 0;
        for (var i = 0; i < entries.Count; i++)
        {
            var (outcome, acknowledgement, _) = entries[i];
            if (acknowledgement is not null)
            {
                answers[i] = _recorder.Acknowledge(acknowledgement.Alert, acknowledgement.Who, acknowledgement.Note, tables, now);
            }

            if (outcome is null)
            {
                continue;
            }

            _recorder.Apply(outcome, tables, now);
            if (outcome.Checkpoint > 0)
            {
                saved = outcome.Checkpoint;
                tables.SaveProgress(Progress, saved);
                tables.Forget(now - (long)_options.KeepResolved.TotalMilliseconds, MostForgotten);
            }
        }

        return saved;
    }

    private void Announce(List<Entry> entries, bool[] answers, long saved)
    {
        if (_recorder.Paged > 0)
        {
            _outbox.Raise();
        }

        foreach (var recorded in _recorder.Recorded)
        {
            Feed.Publish(recorded);
        }

        _recorder.Forget();
        if (saved > 0)
        {
            Checkpointed(saved);
        }

        for (var i = 0; i < entries.Count; i++)
        {
            entries[i].Done?.TrySetResult(answers[i]);
        }
    }

    [LoggerMessage(3010, LogLevel.Error, "alerts cannot be recorded, evaluation waits until they can: {Reason}")]
    private static partial void LogRefused(ILogger log, string reason);

    [LoggerMessage(3011, LogLevel.Information, "alerts are recorded again after {Failures} failed attempts")]
    private static partial void LogRecovered(ILogger log, int failures);

    private sealed record Acknowledgement(long Alert, string Who, string Note);

    private sealed record Entry(EvaluationOutcome? Outcome, Acknowledgement? Acknowledgement, TaskCompletionSource<bool>? Done);
}
