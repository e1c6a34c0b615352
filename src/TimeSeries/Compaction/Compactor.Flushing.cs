using NocMonitor.TimeSeries.Chunks;

namespace NocMonitor.TimeSeries.Compaction;

/// <summary>Heads that are on their way to disk, some hundred series a transaction. All of it under the lock.</summary>
internal sealed partial class Compactor
{
    private readonly SeriesFlush _flush = new(file);
    private readonly List<Series> _pending = [];
    private readonly HashSet<int> _isPending = [];

    private static bool IsFull(Series series)
    {
        lock (series)
        {
            return series.Head.Count >= FlushQueue.RowsWanted(series.Id);
        }
    }

    private static bool IsDue(Series series, long oldestUpTo)
    {
        lock (series)
        {
            return series.Head.Count > 0 && series.Head.FirstSequence <= oldestUpTo;
        }
    }

    /// <summary>Flushes the heads of at most so many rows when they hold so many bytes together; gives whether they did.</summary>
    public bool FlushThin(int mostRows, long leastBytes)
    {
        lock (_lock)
        {
            long held = 0;
            for (var id = 0; id < index.Count; id++)
            {
                held += ThinBytes(id, mostRows);
            }

            for (var id = 0; id < index.Count && held >= leastBytes; id++)
            {
                if (ThinBytes(id, mostRows) > 0)
                {
                    Flush(index.Find(id)!);
                }
            }

            FlushPending();
            return held >= leastBytes;
        }
    }

    private long ThinBytes(int id, int mostRows)
    {
        if (index.Find(id) is not { } series)
        {
            return 0;
        }

        lock (series)
        {
            return series.Head.Count <= mostRows ? series.Head.Bytes : 0;
        }
    }

    /// <summary>What still comes in for an hour goes into its chunk in one go.</summary>
    private void FlushHeadsOf(long[] hours)
    {
        foreach (var id in hours)
        {
            if (index.Find(ChunkId.Series(id)) is { } series && IsDue(series, long.MaxValue))
            {
                Flush(series);
            }
        }

        FlushPending();
    }

    private void Flush(Series series)
    {
        // Twice in one transaction would write its rows twice: a head forgets them only afterwards.
        if (!_isPending.Add(series.Id))
        {
            return;
        }

        _pending.Add(series);
        if (_pending.Count >= SeriesPerTransaction)
        {
            FlushPending();
        }
    }

    private void FlushPending()
    {
        if (_pending.Count == 0)
        {
            return;
        }

        // Ascending ids write neighbouring pages together.
        _pending.Sort((left, right) => left.Id.CompareTo(right.Id));
        var newEntries = catalog.Take();
        try
        {
            file.Transact(WritePending);
        }
        catch
        {
            catalog.PutBack(newEntries);
            _pending.ForEach(FlushQueue.Done);
            ClearPending();
            throw;
        }

        flushes.Advance();
        _pending.ForEach(Forget);
        ClearPending();

        void WritePending()
        {
            file.Catalog.Save(newEntries);
            foreach (var series in _pending)
            {
                _flush.Flush(series);
                if (index.HasNotes)
                {
                    file.ForgetDropped(series.Id);
                }
            }
        }
    }

    private void ClearPending()
    {
        _pending.Clear();
        _isPending.Clear();
    }

    private void Forget(Series series)
    {
        lock (series)
        {
            var before = series.Head.Bytes;
            series.NewestOnDisk = Math.Max(series.NewestOnDisk, series.Head.NewestFrozen());
            series.Head.DropFrozen(memory.Arrays);
            FlushQueue.Done(series);
            memory.Add(series.Head.Bytes - before);
        }
    }
}
