using NocMonitor.TimeSeries.Sqlite;

namespace NocMonitor.TimeSeries.Log;

/// <summary>
/// The one thread that writes the log. It takes all batches that wait, writes them in one transaction with what the catalog lacks and the cursors that
/// moved, and only when that is on disk gives them their place in memory and tells their committers: many commits share one fsync. It owns the
/// log file; batches belong to it from <see cref="CommitAsync"/> until that task ends.
/// </summary>
internal sealed class LogWriter
{
    /// <summary>A transaction takes no more than this, so that the first committer in it does not wait for ever.</summary>
    private const long GroupBytes = 32L << 20;

    /// <summary>Beyond this the disk does not keep up, and refusing is better than holding everything in memory.</summary>
    private const long QueueBytes = 256L << 20;

    private readonly LogAppender _appender;
    private readonly IGroupSink _sink;
    private readonly Thread _thread;
    private readonly object _lock = new();

    // Guarded by the lock.
    private readonly Queue<PendingCommit> _queue = new();
    private long _queuedBytes;
    private long _cutTo;
    private bool _saveCursors;
    private bool _closing;

    // Owned by the thread.
    private readonly List<PendingCommit> _group = [];
    private long _lastSequence;

    public LogWriter(LogAppender appender, IGroupSink sink, long lastSequence)
    {
        (_appender, _sink, _lastSequence) = (appender, sink, lastSequence);
        _thread = new Thread(Run) { IsBackground = true, Name = "nocmonitor log" };
    }

    /// <summary>The last sequence whose batch is on disk and in memory.</summary>
    public long LastSequence => Interlocked.Read(ref _lastSequence);

    public long BytesWritten => _appender.BytesWritten;

    public long FileBytes => _appender.FileBytes;

    public long FirstSequence => _appender.FirstSequence;

    public void Start() => _thread.Start();

    public Task CommitAsync(SampleBatch batch)
    {
        LogRecord.Encode(batch, batch.Record);
        var commit = new PendingCommit(batch);
        lock (_lock)
        {
            if (_closing)
            {
                throw new StoreUnavailableException("the store is closing");
            }

            if (_queuedBytes > QueueBytes)
            {
                throw new StoreUnavailableException("the log does not keep up with what comes in");
            }

            _queue.Enqueue(commit);
            _queuedBytes += batch.Record.Length;
            Monitor.Pulse(_lock);
        }

        return commit.Completion;
    }

    /// <summary>Asks for the batches up to the sequence to be deleted when there is time.</summary>
    public void CutTo(long sequence)
    {
        lock (_lock)
        {
            _cutTo = Math.Max(_cutTo, sequence);
            Monitor.Pulse(_lock);
        }
    }

    /// <summary>Asks for the cursors to be saved without waiting for the next batch.</summary>
    public void SaveCursors()
    {
        lock (_lock)
        {
            _saveCursors = true;
            Monitor.Pulse(_lock);
        }
    }

    /// <summary>Commits what is queued, refuses what comes later, and ends the thread.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closing = true;
            Monitor.Pulse(_lock);
        }

        if (_thread.ThreadState != ThreadState.Unstarted)
        {
            _thread.Join();
        }
    }

    /// <summary>After <see cref="Close"/>: deletes the batches up to the sequence and saves the cursors, on the caller's thread.</summary>
    public void Finish(long cutTo)
    {
        while (Attempt(() => _appender.Cut(cutTo)))
        {
        }

        if (_appender.HasUnsaved)
        {
            Attempt(_appender.SaveUnsaved);
        }

        Attempt(_appender.Shrink);
    }

    private void Run()
    {
        while (WaitForWork(out var cutTo))
        {
            if (_group.Count > 0)
            {
                CommitGroup();
            }
            else if (_appender.HasUnsaved)
            {
                Attempt(_appender.SaveUnsaved);
            }

            if (cutTo > 0 && Attempt(() => _appender.Cut(cutTo)))
            {
                // One slice at a time, so that batches which came meanwhile go first.
                CutTo(cutTo);
            }
        }
    }

    /// <summary>Fills the group. False when closing and nothing is left to do.</summary>
    private bool WaitForWork(out long cutTo)
    {
        lock (_lock)
        {
            while (_queue.Count == 0 && _cutTo == 0 && !_saveCursors && !_closing)
            {
                Monitor.Wait(_lock);
            }

            _group.Clear();
            long bytes = 0;
            while (bytes < GroupBytes && _queue.TryDequeue(out var commit))
            {
                bytes += commit.Batch.Record.Length;
                _group.Add(commit);
            }

            _queuedBytes -= bytes;
            _saveCursors = false;
            (cutTo, _cutTo) = (_cutTo, 0);
            return _group.Count > 0 || !_closing;
        }
    }

    private void CommitGroup()
    {
        if (_sink.Refusal() is { } refusal)
        {
            FailGroup(refusal);
            return;
        }

        try
        {
            var last = _appender.Append(_group, _lastSequence);
            _sink.Accept(_group);
            Interlocked.Exchange(ref _lastSequence, last);
        }
        catch (DatabaseException error)
        {
            FailGroup(new StoreUnavailableException($"the log cannot be written: {error.Message}", error));
            return;
        }

        foreach (var commit in _group)
        {
            commit.Succeed();
        }

        Attempt(_appender.CheckpointWhenDue);
    }

    private void FailGroup(StoreUnavailableException reason)
    {
        foreach (var commit in _group)
        {
            commit.Batch.Sequence = 0;
            commit.Fail(reason);
        }
    }

    /// <summary>Housekeeping that may fail, a full disk for one: it is tried again with the next commit or cut, which report the same fault.</summary>
    private static bool Attempt(Func<bool> work)
    {
        try
        {
            return work();
        }
        catch (DatabaseException)
        {
            return false;
        }
    }
}
