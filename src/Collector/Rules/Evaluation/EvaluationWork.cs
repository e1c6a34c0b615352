using NocMonitor.Collector.Alerts;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Rules.Evaluation;

/// <summary>What a piece of work asks of the shards.</summary>
internal enum WorkKind
{
    /// <summary>Evaluate the rows of a batch.</summary>
    Batch,

    /// <summary>Look at the clock for series that are silent.</summary>
    Sweep,

    /// <summary>Give all states that changed since the last checkpoint.</summary>
    Checkpoint,

    /// <summary>Let go of a host.</summary>
    Forget,

    /// <summary>Nothing: when it is done, all that came before is.</summary>
    Barrier,
}

/// <summary>
/// One piece of work on its way through all shards. Each shard sees its own rows and fills its own outcome; the last one to finish hands the
/// outcomes on together, so that what belongs to one batch is recorded together and batches are recorded in the order they came.
/// </summary>
internal sealed class EvaluationWork(int shards)
{
    private readonly EvaluationOutcome?[] _outcomes = new EvaluationOutcome?[shards];
    private int _unfinished;
    private int _forgotten;

    public WorkKind Kind { get; private set; }

    public SampleBatch? Batch { get; private set; }

    /// <summary>By shard: the rows it owns.</summary>
    public RowList[] Rows { get; } = [.. Enumerable.Range(0, shards).Select(_ => new RowList())];

    /// <summary>The monotonic clock in nanoseconds.</summary>
    public long Clock { get; private set; }

    /// <summary>Nanoseconds since 1970 UTC.</summary>
    public long Now { get; private set; }

    /// <summary>For a checkpoint: all batches up to this sequence entered before it.</summary>
    public long Checkpoint { get; set; }

    /// <summary>For a checkpoint: batches beyond <see cref="Checkpoint"/> entered too, and may be evaluated again; so states that came to rest must not be forgotten yet.</summary>
    public bool KeepsResting { get; set; }

    /// <summary>The newest times that the batches to be replayed have, by series; null when nothing is replayed.</summary>
    public IReadOnlyDictionary<int, long>? Replayed { get; set; }

    /// <summary>By shard, on a sweep: what group rules count.</summary>
    public GroupCounts?[] Groups { get; } = new GroupCounts?[shards];

    /// <summary>On a sweep: what was bound to series that the store has forgotten.</summary>
    public IReadOnlyList<SeriesBinding> Released { get; set; } = [];

    /// <summary>For letting go: the host.</summary>
    public string Host { get; set; } = "";

    /// <summary>For letting go: alerts ended and series let go, once it is done.</summary>
    public (int Alerts, int Series) LetGo { get; private set; }

    /// <summary>Completed when all shards are done and the outcome is with the log.</summary>
    public TaskCompletionSource? Done { get; set; }

    public void Begin(WorkKind kind, SampleBatch? batch, long clock, long now)
    {
        (Kind, Batch, Clock, Now) = (kind, batch, clock, now);
        (Replayed, Done, Checkpoint, KeepsResting, Host, _forgotten) = (null, null, 0, false, "", 0);
        Released = [];
        _unfinished = shards;
        Array.Clear(_outcomes);
        Array.Clear(Groups);
        foreach (var rows in Rows)
        {
            rows.Clear();
        }
    }

    /// <summary>The outcome of one shard, made when it has something to say.</summary>
    public EvaluationOutcome Outcome(int shard) => _outcomes[shard] ??= new EvaluationOutcome();

    /// <summary>Counts series that a shard let go.</summary>
    public void AddForgotten(int series) => Interlocked.Add(ref _forgotten, series);

    /// <summary>Notes that a shard is done; true for the last one.</summary>
    public bool Finish() => Interlocked.Decrement(ref _unfinished) == 0;

    /// <summary>All outcomes in one.</summary>
    public EvaluationOutcome Join()
    {
        var all = new EvaluationOutcome
        {
            IsTick = Kind == WorkKind.Sweep,
            Checkpoint = Checkpoint,
        };
        foreach (var outcome in _outcomes.OfType<EvaluationOutcome>())
        {
            all.Transitions.AddRange(outcome.Transitions);
            all.States.AddRange(outcome.States);
            all.Parents.AddRange(outcome.Parents);
            all.StillRaised.AddRange(outcome.StillRaised);
        }

        LetGo = (all.Transitions.Count, Volatile.Read(ref _forgotten));

        return all;
    }
}

/// <summary>Rows of a batch with their bindings. Filled by the entering thread, then read by one shard.</summary>
internal sealed class RowList
{
    private (int Row, SeriesBinding Binding)[] _items = [];
    private int _count;

    public ReadOnlySpan<(int Row, SeriesBinding Binding)> Items => _items.AsSpan(0, _count);

    public void Add(int row, SeriesBinding binding)
    {
        if (_count == _items.Length)
        {
            Array.Resize(ref _items, Math.Max(64, _count * 2));
        }

        _items[_count++] = (row, binding);
    }

    public void Clear() => _count = 0;
}
