using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Log;
using NocMonitor.TimeSeries.Retention;

namespace NocMonitor.TimeSeries.Compaction;

/// <summary>
/// One round of housekeeping: full heads go into partials, a sweep over all series takes the old rows of the others, past hours are sealed, the log is
/// cut. Used by the housekeeping loop alone.
/// </summary>
internal sealed class HousekeepingRound
{
    /// <summary>Late samples are common just after the hour; sealing waits for them.</summary>
    private static readonly TimeSpan SealDelay = TimeSpan.FromMinutes(5);

    /// <summary>An hour's partials are sealed over this time, so that the work never comes in one lump.</summary>
    private static readonly TimeSpan SealSpread = TimeSpan.FromMinutes(30);

    /// <summary>In a backlog of past hours sealing may take this part of each round.</summary>
    private static readonly TimeSpan SealBudget = TimeSpan.FromSeconds(1);

    /// <summary>Chunks sealed out of order are packed so often: each time costs the rows around them.</summary>
    private static readonly TimeSpan FoldInterval = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan FoldBudget = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan CutInterval = TimeSpan.FromMinutes(1);

    /// <summary>Forgetting series may take this part of a round.</summary>
    private static readonly TimeSpan ForgetBudget = TimeSpan.FromMilliseconds(500);

    private const int SealSlice = 256;

    private readonly StoreOptions _options;
    private readonly Compactor _compactor;
    private readonly LogWriter _writer;
    private readonly LogRetention _logRetention;
    private readonly SampleRetention _sampleRetention;
    private readonly SeriesForgetting _forgetting;
    private readonly TimeProvider _time;
    private int _position;
    private long _lapStarted;
    private long _lapSequence;
    private long _lapBytes;
    private long _roundStarted;
    private long _lastCut;
    private long _foldStarted;
    private long? _foldFrom;

    public HousekeepingRound(StoreOptions options, Compactor compactor, LogWriter writer, LogRetention logRetention, RetentionWork retention, TimeProvider time)
    {
        (_options, _compactor, _writer, _logRetention, _time) = (options, compactor, writer, logRetention, time);
        (_sampleRetention, _forgetting) = (retention.Samples, retention.Series);
        _roundStarted = _lastCut = _lapStarted = _foldStarted = time.GetTimestamp();
        _lapSequence = writer.LastSequence;
    }

    public void Run()
    {
        var sinceLast = _time.GetElapsedTime(_roundStarted);
        _roundStarted = _time.GetTimestamp();
        _compactor.FlushFull();
        Sweep();
        Seal(sinceLast);
        Fold();
        if (_time.GetElapsedTime(_lastCut) >= CutInterval)
        {
            Cut();
            Retain();
        }
    }

    /// <summary>Moves everything out of memory; nothing comes in any more.</summary>
    public void Close()
    {
        _compactor.FlushRange(0, int.MaxValue, long.MaxValue);
        _compactor.SaveFlushed(_writer.LastSequence);
        _logRetention.ApplyFinally(_writer.LastSequence);
    }

    public void Compact()
    {
        _compactor.FlushRange(0, int.MaxValue, long.MaxValue);
        while (_compactor.Seal(SealedBefore(), SealSlice) == SealSlice)
        {
        }

        for (long? from = long.MinValue; from is not null;)
        {
            from = _compactor.Fold(from.Value, SealedBefore());
        }

        Cut();
        Retain();
        _compactor.Shrink();
    }

    private void Retain()
    {
        _compactor.Retain(_sampleRetention);
        _compactor.LookForEmpty(_forgetting, () => _writer.LastSequence);
        var started = _time.GetTimestamp();
        int gone, all = 0;
        do
        {
            gone = _compactor.Forget(_forgetting, _writer.FirstSequence, () => _writer.LastSequence);
            all += gone;
        }
        while (gone > 0 && _time.GetElapsedTime(started) < ForgetBudget);

        if (all > 0)
        {
            // The log's catalog lets go of them with its next transaction, which may be long in coming.
            _writer.SaveCursors();
        }
    }

    private void Sweep()
    {
        var tight = _compactor.MemoryIsTight;
        var series = _compactor.SeriesCount;
        var target = tight
            ? series
            : SweepPace.Target(series, _time.GetElapsedTime(_lapStarted), _options.FlushAge, _writer.BytesWritten - _lapBytes, _options.LogTargetBytes / 2);
        if (target > _position)
        {
            // Rows that came after the lap began wait for the next lap, when there are more of them.
            _compactor.FlushRange(_position, target, tight ? long.MaxValue : _lapSequence);
            _position = target;
        }

        if (target >= series && _writer.LastSequence > _lapSequence)
        {
            StartLap();
            Cut();
        }
    }

    private void StartLap()
    {
        _position = 0;
        _lapStarted = _time.GetTimestamp();
        _lapSequence = _writer.LastSequence;
        _lapBytes = _writer.BytesWritten;
        _compactor.BeginLap();
    }

    private void Seal(TimeSpan sinceLast)
    {
        var bucket = SealedBefore();
        var pace = Math.Max(SealSlice, (int)(_compactor.SeriesCount * (sinceLast / SealSpread)));
        if (_compactor.Seal(bucket, pace) < pace)
        {
            return;
        }

        // Only an import fills hours that lie further back: there is more to do than the pace of one hour.
        var started = _time.GetTimestamp();
        while (!_compactor.FlushIsPressing && _time.GetElapsedTime(started) < SealBudget && _compactor.Seal(bucket - 1, SealSlice) == SealSlice)
        {
        }
    }

    /// <summary>The hour being sealed gets its chunks in order and is left alone.</summary>
    private void Fold()
    {
        var started = _time.GetTimestamp();
        if (_foldFrom is null && _time.GetElapsedTime(_foldStarted) >= FoldInterval)
        {
            (_foldFrom, _foldStarted) = (long.MinValue, started);
        }

        while (_foldFrom is not null && _time.GetElapsedTime(started) < FoldBudget)
        {
            _foldFrom = _compactor.Fold(_foldFrom.Value, SealedBefore() - 1);
        }
    }

    private long SealedBefore() => ChunkId.BucketOf(UnixNanoseconds.From(_time.GetUtcNow() - SealDelay));

    private void Cut()
    {
        _lastCut = _time.GetTimestamp();
        var flushed = _compactor.FlushedUpTo(_writer.LastSequence);
        _compactor.SaveFlushed(flushed);
        _logRetention.Apply(flushed);
    }
}
