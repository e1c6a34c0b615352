using System.Threading.Channels;
using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Operations;
using NocMonitor.Collector.Rules.Definition;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Rules.Evaluation;

/// <summary>
/// Evaluates rules on every committed batch. Work enters one piece at a time, so that all shards see the same order; each series belongs to one shard; what
/// comes of a batch goes to the alert log as one. Queues are bounded: a log that does not keep up slows ingest down, nothing is left out. The entry guards
/// the binder; a shard is its own loop's, and touched by others only while the entry is held and all loops stand idle.
/// </summary>
internal sealed partial class RuleEngine : IAsyncDisposable
{
    /// <summary>The name under which the store keeps its log for the rules.</summary>
    public const string Consumer = "rules";

    private const int QueuedPerShard = 64;
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CheckpointEvery = TimeSpan.FromSeconds(5);

    private readonly TimeSeriesStore _store;
    private readonly OperationsDatabase _database;
    private readonly AlertLog _alerts;
    private readonly RulesOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<RuleEngine> _log;
    private readonly SemaphoreSlim _entry = new(1, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly WorkPool _works;
    private readonly RuleShard[] _shards;
    private readonly Channel<EvaluationWork>[] _queues;
    private readonly long _start;

    // Guarded by the entry.
    private SeriesBinder _binder;
    private Dictionary<string, long> _forgotten = new(StringComparer.Ordinal);
    private long _checkpointed;
    private bool _closed;

    // The leaving shard's; replaced while all stand idle.
    private GroupEvaluator _groups;

    private long _inFlight;
    private Task? _shardLoops;
    private Task _logLoop = Task.CompletedTask;
    private Task _clock = Task.CompletedTask;

    public RuleEngine(TimeSeriesStore store, OperationsDatabase database, AlertLog alerts, RulesOptions options, TimeProvider time, ILogger<RuleEngine> log)
    {
        (_store, _database, _alerts, _options, _time, _log) = (store, database, alerts, options, time, log);
        var shards = options.Shards > 0 ? options.Shards : Math.Clamp(Environment.ProcessorCount, 1, 8);
        _works = new WorkPool(shards);
        _shards = [.. Enumerable.Range(0, shards).Select(number => new RuleShard(number, store, alerts.HostParents))];
        _queues = [.. _shards.Select(_ => Channel.CreateBounded<EvaluationWork>(new BoundedChannelOptions(QueuedPerShard) { SingleReader = true }))];
        _start = time.GetTimestamp();
        _binder = NewBinder(RuleSet.Empty);
        _groups = new GroupEvaluator(RuleSet.Empty, store);
        store.Hold(Holds);
        store.Index.OnForgotten += Release;
    }

    /// <summary>The rules in force.</summary>
    public RuleSet Rules => Volatile.Read(ref _binder).Set;

    /// <summary>Which batches of the store's log were handed over.</summary>
    public SequenceProgress Sequences { get; } = new();

    /// <summary>Batches that are stored and not yet evaluated and recorded.</summary>
    public long Behind => Math.Max(0, _store.LastSequence - Sequences.Whole) + Interlocked.Read(ref _inFlight) + _alerts.Queued;

    /// <summary>Ends when the engine does; faulted when something in it broke, and then nothing is evaluated any more.</summary>
    public Task Completion => _shardLoops is null ? Task.CompletedTask : Task.WhenAll(_shardLoops, _logLoop, _clock);

    /// <summary>Samples looked at and rules evaluated since the start.</summary>
    public (long Samples, long Evaluations) Counts => (_shards.Sum(shard => shard.Samples), _shards.Sum(shard => shard.Evaluations));

    /// <summary>
    /// Restores what was kept, evaluates again what was logged and perhaps not evaluated before the last end, and starts looking at the clock. Batches are
    /// taken from then on.
    /// </summary>
    public async Task StartAsync(RuleSet rules, CancellationToken token)
    {
        var saved = SavedStates.Read(_database);
        _forgotten = new Dictionary<string, long>(new Hosts.ForgottenHosts(_database).Read(), StringComparer.Ordinal);
        _alerts.Load();
        _alerts.Checkpointed = sequence => _store.Release(Consumer, sequence);
        _logLoop = RunLogAsync();
        _shardLoops = Task.WhenAll(_shards.Select((shard, number) => RunShardAsync(shard, _queues[number])));
        _binder = NewBinder(rules);
        _groups = NewGroups(rules);
        foreach (var shard in _shards)
        {
            shard.StartedAt = Now();
        }

        await _alerts.AppendAsync(new Restoration(_binder, _shards, _groups, _store, _forgotten, Now()).Run(saved.States), token);
        await ReplayAsync(saved.Evaluated, token);
        _knowsStates = true;
        _clock = RunClockAsync();
        LogStarted(_log, rules.All.Count(), saved.States.Count);
    }

    /// <summary>
    /// Takes a committed batch over and disposes it when it is evaluated. Returns when it is queued; waits while evaluation does not keep up. A committed
    /// batch must be handed over whatever became of the request that brought it.
    /// </summary>
    public async ValueTask EvaluateAsync(SampleBatch batch)
    {
        if (batch.Sequence == 0)
        {
            batch.Dispose();
            return;
        }

        await EnterAsync(batch, replayed: null);
    }

    /// <summary>
    /// Puts another set of rules in force. States of rules with the same name and measurement go on; alerts of rules that are gone resolve. Ingest
    /// waits meanwhile.
    /// </summary>
    public async Task ReloadAsync(RuleSet rules, CancellationToken token)
    {
        await _entry.WaitAsync(token);
        try
        {
            await DrainAsync();
            var states = States().ToList();
            List<AlertKey> rested = Sequences.HasGap ? [] : [.. _shards.SelectMany(shard => shard.Rested())];
            var binder = NewBinder(rules);
            binder.Follow(_binder);
            foreach (var shard in _shards)
            {
                shard.Forget();
            }

            _groups.Dispose();
            _groups = NewGroups(rules);
            var outcome = new Restoration(binder, _shards, _groups, _store, _forgotten, Now()).Run(states);

            // States that changed since the last checkpoint are no longer noted as such: all are written once.
            outcome.States.AddRange(rested.Select(key => new StateSnapshot(key, null)));
            outcome.States.AddRange(States().Select(one => new StateSnapshot(one.Key, one.Value.Copy())));
            Volatile.Write(ref _binder, binder);
            await _alerts.AppendAsync(outcome, _stop.Token);
        }
        finally
        {
            _entry.Release();
        }
    }

    /// <summary>Lets go of work lists that are only kept for the next batch.</summary>
    public void ReleaseIdle() => _works.ReleaseIdle();

    /// <summary>Evaluates what was handed over, keeps all states, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_closed)
        {
            return;
        }

        await _stop.CancelAsync();
        await _clock;
        if (_shardLoops is not null)
        {
            await CheckpointAsync();
        }

        await EndAsync();
    }

    /// <summary>Ends without keeping what changed since the last checkpoint, as a crash does; for tests.</summary>
    internal async Task AbandonAsync()
    {
        await _stop.CancelAsync();
        await _clock;
        await EndAsync();
    }

    private async Task EndAsync()
    {
        await _entry.WaitAsync();
        _closed = true;
        _store.Index.OnForgotten -= Release;
        _entry.Release();
        foreach (var queue in _queues)
        {
            queue.Writer.TryComplete();
        }

        await (_shardLoops ?? Task.CompletedTask);
        _alerts.Close();
        await _logLoop;
        foreach (var shard in _shards)
        {
            shard.Dispose();
        }

        _groups.Dispose();
        _stop.Dispose();
    }

    private IEnumerable<KeyValuePair<AlertKey, AlertState>> States() => _shards.SelectMany(shard => shard.States()).Concat(_groups.States());

    private GroupEvaluator NewGroups(RuleSet rules) => new(rules, _store);

    private SeriesBinder NewBinder(RuleSet rules) =>
        new(rules, _shards.Length, _store.Index.Count, _options.StartGrace.Ticks * 100);

    /// <summary>Nanoseconds since this engine was made, on the monotonic clock: a wall clock that is set must not make anybody silent.</summary>
    private long Clock() => _time.GetElapsedTime(_start).Ticks * 100;

    private long Now() => (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;

    [LoggerMessage(3100, LogLevel.Information, "{Rules} rules in force, {States} states restored")]
    private static partial void LogStarted(ILogger log, int rules, int states);
}
