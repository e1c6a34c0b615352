using Microsoft.Extensions.Logging;
using NocMonitor.TimeSeries.Batches;
using NocMonitor.TimeSeries.Compaction;
using NocMonitor.TimeSeries.Heads;
using NocMonitor.TimeSeries.Log;
using NocMonitor.TimeSeries.Reading;
using NocMonitor.TimeSeries.Recovery;
using NocMonitor.TimeSeries.Retention;
using NocMonitor.TimeSeries.Sqlite;

namespace NocMonitor.TimeSeries;

/// <summary>
/// An embedded time-series store in one folder. A committed batch is in the write-ahead log on disk; its samples are in memory at once and move into
/// compressed chunks later, off the ingest path. One process at a time holds a folder. All members are safe for concurrent use.
/// </summary>
public sealed class TimeSeriesStore : IAsyncDisposable
{
    private readonly StoreFiles _files;
    private readonly BatchPool _pool;
    private readonly HeadMemory _memory;
    private readonly LogCursors _cursors;
    private readonly LogWriter _writer;
    private readonly LogReplay _replay;
    private readonly ReadConnections _connections;
    private readonly Housekeeping _housekeeping;
    private readonly Compactor _compactor;
    private readonly QuietFlush _quiet;
    private readonly ILogger _log;
    private volatile Func<Series, bool> _isHeld = static _ => false;
    private int _disposed;

    private TimeSeriesStore(StoreOptions options, StoreFiles files, TimeProvider time, ILogger log)
    {
        (_files, _log) = (files, log);
        Index = new SeriesIndex(options.SeriesLimits);
        var catalogs = files.Restore(Index);
        _pool = new BatchPool(Index, new TimeLimits(options.Retention, options.FutureLimit));
        _cursors = new LogCursors(files.Log.Cursors());
        _replay = new LogReplay(options.Folder, Index, _pool, log);
        var flushes = new FlushCount();
        _connections = new ReadConnections(options.Folder, flushes, id => _log.TornChunk(id));

        _memory = new HeadMemory(options.HeadMaxBytes);
        var full = new FlushQueue();
        var compactor = _compactor = new Compactor(files.Chunks, Index, catalogs.Chunks, _memory, full, flushes);
        var heads = new HeadAppender(Index, _memory, full, new FreeSpace(options.Folder, options.MinimumFreeBytes, time), () => _housekeeping!.Hurry());
        Recover(heads, compactor, full);
        _quiet = new QuietFlush(compactor, options.FlushAge, time);
        _writer = new LogWriter(new LogAppender(files.Log, catalogs.Log, _cursors, time), heads, files.LastSequence);
        var logRetention = new LogRetention(_writer, _cursors, options.LogMaxBytes, log);
        var samples = new SampleRetention(options, time);
        var forgetting = new SeriesForgetting(files.Chunks, Index, catalogs.Chunks, catalogs.Log, _pool.Epochs, new NewestHours(files.Chunks, Index, options, samples), series => compactor.IsBeingDeleted(series) || _isHeld(series));
        _housekeeping = new Housekeeping(new HousekeepingRound(options, compactor, _writer, logRetention, new RetentionWork(samples, forgetting), time), time, log);
    }

    /// <summary>All series of the store.</summary>
    public SeriesIndex Index { get; }

    /// <summary>The sequence of the last batch that is on disk; 0 when there never was one.</summary>
    public long LastSequence => _writer.LastSequence;

    /// <summary>
    /// Opens the store of a folder, or makes one. A torn file is set aside and reported, and the store starts without it. Blocks while the log is
    /// replayed.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be used, or another process holds it.</exception>
    /// <exception cref="StoreUnavailableException">SQLite cannot work with the files at present: the disk is full or fails.</exception>
    public static TimeSeriesStore Open(StoreOptions options, TimeProvider time, ILogger log)
    {
        try
        {
            return Open(StoreFiles.Open(options, time, log), options, time, log);
        }
        catch (DatabaseException fault)
        {
            throw new StoreUnavailableException($"the store in {options.Folder} cannot be opened: {fault.Message}", fault);
        }
    }

    private static TimeSeriesStore Open(StoreFiles files, StoreOptions options, TimeProvider time, ILogger log)
    {
        try
        {
            var store = new TimeSeriesStore(options, files, time, log);
            store._writer.Start();
            store._housekeeping.Start();
            return store;
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    /// <summary>An empty batch for the points of one request. The origin is the agent or token that sent it: series limits are per origin, and their errors name it.</summary>
    public SampleBatch RentBatch(string origin) => _pool.Rent(origin);

    /// <summary>
    /// Writes the batch to the log. On return it is on disk and readable; after an exception nothing of it is stored. An empty batch costs nothing. The token
    /// counts until the batch is queued: from then on the answer is waited for.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The disk is full or fails, or the store does not keep up. Try again later.</exception>
    public ValueTask CommitAsync(SampleBatch batch, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        if (batch.Sequence != 0)
        {
            throw new InvalidOperationException("the batch has been committed before");
        }

        return batch.Rows.IsEmpty ? ValueTask.CompletedTask : new ValueTask(_writer.CommitAsync(batch));
    }

    /// <summary>
    /// Says which series must not be forgotten although nothing of them is stored, because somebody still speaks of them. Asked on the store's background thread, for few series; must be
    /// quick and must not throw. What keeps things by series id listens to <see cref="SeriesIndex.OnForgotten"/>.
    /// </summary>
    public void Hold(Func<Series, bool> isHeld) => _isHeld = isHeld;

    /// <summary>Opens a reader; one thread uses it, and disposes it.</summary>
    public SeriesReader OpenReader() => new(_connections);

    /// <summary>Registers a consumer of the log, under a name that stays the same over restarts, and gives its cursor. From then on the log is kept for it.</summary>
    public long Register(string consumer) => _cursors.Register(consumer, LastSequence);

    /// <summary>Everyone the log is kept for.</summary>
    public IReadOnlyList<string> Consumers => _cursors.Names();

    /// <summary>Says that a consumer needs no batch up to the sequence any more. Saved soon, not at once: after a crash it may get some of them again.</summary>
    public void Release(string consumer, long sequence) => _cursors.Move(consumer, sequence);

    /// <summary>Batches that were cut from a full log before the consumer had released them, since the start of this process.</summary>
    public long LostBatches(string consumer) => _cursors.LostBy(consumer);

    /// <summary>Takes a consumer off the list, so that the log is no longer kept for it.</summary>
    public void Unregister(string consumer) => _cursors.Forget(consumer);

    /// <summary>Reads back the committed batches after a sequence, up to the last one at the time of the call, in order. The caller disposes each.</summary>
    /// <exception cref="StoreUnavailableException">The log cannot be read at present.</exception>
    public IEnumerable<SampleBatch> Replay(long afterSequence) => _replay.Read(afterSequence, LastSequence);

    /// <summary>Lets go of buffers that are only kept for the next batch, and moves samples into the files whose series have few in memory. Blocks while it writes; for quiet times.</summary>
    public void ReleaseIdle()
    {
        _quiet.Run();
        _pool.ReleaseIdle();
        _memory.ReleaseIdle();
    }

    /// <summary>Does at once what housekeeping does over time: all samples into chunks, all past hours sealed, files as small as they get. Blocks; for maintenance and measurements.</summary>
    public void Compact() => _housekeeping.Compact();

    /// <summary>
    /// Deletes the samples of some series in a range of time, from inclusive to exclusive. When it returns they are gone for good, also after a crash. Points that are being
    /// written meanwhile may stay. Who reads the log still gets them. Blocks.
    /// </summary>
    /// <param name="drop">The series go too, until points come for them again; only sensible for all time.</param>
    /// <exception cref="StoreUnavailableException">The disk is full or fails; some may be deleted.</exception>
    public void Delete(IReadOnlyCollection<Series> series, long from, long to, bool drop)
    {
        try
        {
            _compactor.Delete(series, from, to, drop, () => LastSequence);
        }
        catch (DatabaseException fault)
        {
            throw new StoreUnavailableException($"samples cannot be deleted: {fault.Message}", fault);
        }
    }

    /// <summary>Commits what is queued, moves all samples into chunks and closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _writer.Close();
            await _housekeeping.DisposeAsync().ConfigureAwait(false);
            _connections.Dispose();
            _files.Dispose();
        }
    }

    private void Recover(HeadAppender heads, Compactor compactor, FlushQueue full)
    {
        long replayed = 0;
        foreach (var batch in _replay.Read(_files.FlushedSequence, _files.LastSequence))
        {
            using (batch)
            {
                heads.Append(batch);
                replayed++;
            }

            if (full.IsPressing)
            {
                compactor.FlushFull();
            }

            if (_memory.IsTight)
            {
                compactor.FlushRange(0, int.MaxValue, long.MaxValue);
            }
        }

        _log.Opened(Index.Live, replayed);
    }
}
