using NocMonitor.TimeSeries.Catalog;
using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Heads;
using NocMonitor.TimeSeries.Reading;
using NocMonitor.TimeSeries.Retention;

namespace NocMonitor.TimeSeries.Compaction;

/// <summary>
/// Moves samples out of memory: heads into parts of their hours, the parts of past hours into chunks. Owns the chunk file. Every public method takes the same lock, so the
/// background loop, an explicit flush and closing never mix.
/// </summary>
internal sealed class Compactor(
    ChunkFile file, SeriesIndex index, CatalogChanges catalog, HeadMemory memory, FlushQueue full, FlushCount flushes)
{
    /// <summary>A transaction holds no more series, so that memory and the journal stay small.</summary>
    private const int SeriesPerTransaction = 256;

    /// <summary>After so many rows and chunks a deletion commits.</summary>
    private const int RowsPerDeletion = 2048;

    private readonly Lock _lock = new();
    private readonly SeriesFlush _flush = new(file);
    private readonly SampleDeletion _deletion = new(file);
    private readonly List<Series> _pending = [];
    private readonly HashSet<int> _isPending = [];
    private readonly HashSet<Series> _deleting = [];

    public long TornChunks => _flush.TornChunks;

    public int SeriesCount => index.Count;

    public bool MemoryIsTight => memory.IsTight;

    /// <summary>Full heads wait with so much that other work should let them go first.</summary>
    public bool FlushIsPressing => full.IsPressing;

    /// <summary>Notes that a sweep over all series begins.</summary>
    public void BeginLap() => memory.BeginLap();

    /// <summary>Flushes the series whose heads are full.</summary>
    public void FlushFull()
    {
        lock (_lock)
        {
            full.BeginTaking();
            while (full.TryTake(out var series))
            {
                if (IsFull(series))
                {
                    Flush(series);
                }
                else
                {
                    // A sweep has taken its rows since it was offered.
                    FlushQueue.Done(series);
                }
            }

            FlushPending();
        }
    }

    /// <summary>Flushes a stretch of series ids whose oldest row in memory is not newer than the sequence.</summary>
    public void FlushRange(int first, int end, long oldestUpTo)
    {
        lock (_lock)
        {
            for (var id = first; id < Math.Min(end, index.Count); id++)
            {
                if (index.Find(id) is { } series && IsDue(series, oldestUpTo))
                {
                    Flush(series);
                }
            }

            FlushPending();
        }
    }

    /// <summary>Seals series' hours before the bucket, the oldest first; gives how many there were.</summary>
    public int Seal(long beforeBucket, int atMost)
    {
        lock (_lock)
        {
            var ids = file.Partials.HoursBelow(ChunkId.Of(beforeBucket, 0), atMost);
            foreach (var group in ids.Chunk(SeriesPerTransaction))
            {
                FlushHeadsOf(group);
                file.Transact(() => Array.ForEach(group, id => _flush.Seal(id)));
            }

            return ids.Count;
        }
    }

    /// <summary>Packs a stretch of chunks that were sealed out of order, from an id on; gives the id to go on from, or null when there are no more before the bucket.</summary>
    public long? Fold(long from, long beforeBucket)
    {
        lock (_lock)
        {
            long? next = null;
            file.Transact(() => next = file.Fold(from, ChunkId.Of(beforeBucket, 0)));
            return next;
        }
    }

    /// <summary>
    /// Deletes samples of a range, from inclusive to exclusive, and perhaps the series with them. Afterwards all that was in the log before is in chunks, so that no replay brings
    /// anything back.
    /// </summary>
    public void Delete(IReadOnlyCollection<Series> some, long from, long to, bool drop, Func<long> lastInMemory)
    {
        FlushRange(0, int.MaxValue, long.MaxValue);
        var series = some.OrderBy(one => one.Id).ToArray();
        for (var first = 0; from < to && first < series.Length; first += SeriesPerTransaction)
        {
            Delete(series[first..Math.Min(series.Length, first + SeriesPerTransaction)], from, to, drop);
        }

        SaveFlushed(FlushedUpTo(lastInMemory()));
    }

    /// <summary>Notes on disk that everything up to the sequence is in chunks.</summary>
    public void SaveFlushed(long sequence)
    {
        lock (_lock)
        {
            if (sequence > file.FlushedSequence)
            {
                file.Transact(() => file.FlushedSequence = sequence);
            }
        }
    }

    /// <summary>The last sequence that is in chunks with all before it, given the last one that is in memory.</summary>
    public long FlushedUpTo(long lastInMemory)
    {
        var flushed = lastInMemory;
        for (var id = 0; id < index.Count; id++)
        {
            if (index.Find(id) is { } series)
            {
                lock (series)
                {
                    if (series.Head.Count > 0)
                    {
                        flushed = Math.Min(flushed, series.Head.FirstSequence - 1);
                    }
                }
            }
        }

        return flushed;
    }

    /// <summary>Drops what is older than its retention or beyond the byte limit, and gives back space that stays free.</summary>
    public void Retain(SampleRetention retention)
    {
        lock (_lock)
        {
            retention.Apply(file);
        }
    }

    /// <summary>Whether a deletion of the series is under way. Asked while the lock is held.</summary>
    public bool IsBeingDeleted(Series series) => _deleting.Contains(series);

    /// <summary>Hides series of which nothing is left.</summary>
    public void LookForEmpty(SeriesForgetting forgetting, Func<long> lastSequence)
    {
        lock (_lock)
        {
            forgetting.Look(lastSequence);
        }
    }

    /// <summary>Lets go of some hidden series that nobody can refer to any more; gives how many went.</summary>
    public int Forget(SeriesForgetting forgetting, long firstSequence, Func<long> lastSequence)
    {
        lock (_lock)
        {
            return forgetting.Forget(firstSequence, lastSequence);
        }
    }

    /// <summary>Gives all free pages back to the volume.</summary>
    public void Shrink()
    {
        lock (_lock)
        {
            file.Shrink(int.MaxValue);
        }
    }

    /// <summary>
    /// Deletes a range of neighbouring series, some days a transaction, oldest first. Each holds the lock for itself, so that flushing and sealing go on in between. A day of a series goes with
    /// its roll-ups or not at all; what was flushed since stays or goes with it.
    /// </summary>
    private void Delete(Series[] series, long from, long to, bool drop)
    {
        int[] newest;
        lock (_lock)
        {
            // Nothing of them is looked for by the forgetting before it is really gone.
            _deleting.UnionWith(series);
            newest = Array.ConvertAll(series, one => LowerNewest(one, from, to));
        }

        try
        {
            DeleteDays(series, from, to, drop);
        }
        catch
        {
            foreach (var (one, before) in series.Zip(newest))
            {
                Restore(one, before);
            }

            throw;
        }
        finally
        {
            lock (_lock)
            {
                _deleting.ExceptWith(series);
            }
        }
    }

    private void DeleteDays(Series[] series, long from, long to, bool drop)
    {
        var ids = Array.ConvertAll(series, one => one.Id);
        long day, last;
        lock (_lock)
        {
            (day, last) = _deletion.Days(from, to);
        }

        do
        {
            lock (_lock)
            {
                file.Transact(() =>
                {
                    for (var rows = 0; day <= last && rows < RowsPerDeletion; day++)
                    {
                        rows += _deletion.Delete(day, ids, from, to);
                    }

                    if (drop && day > last)
                    {
                        Array.ForEach(series, Drop);
                    }
                });
                flushes.Advance();
            }
        }
        while (day <= last);
    }

    /// <summary>Nothing newer than the range stays of a series that has nothing newer now. Gives its newest hour of before.</summary>
    private static int LowerNewest(Series series, long from, long to)
    {
        lock (series)
        {
            var before = series.NewestBucket;
            if (series.Head.Count == 0 && before != int.MinValue && to >= ChunkId.Start(before + 1L))
            {
                series.NewestBucket = from == long.MinValue ? int.MinValue : (int)Math.Min(before, ChunkId.BucketOf(from - 1));
            }

            return before;
        }
    }

    /// <summary>What could not be deleted is there, and must not be taken for gone.</summary>
    private void Restore(Series series, int newestBefore)
    {
        lock (series)
        {
            series.NewestBucket = Math.Max(series.NewestBucket, newestBefore);
            if (series.IsDropped)
            {
                index.Revive(series);
            }
        }
    }

    private void Drop(Series series)
    {
        lock (series)
        {
            // Points that came meanwhile are new ones, and keep the series.
            if (series.Head.Count == 0 && series.NewestBucket == int.MinValue)
            {
                index.Drop(series, isNoted: true);
                file.NoteDropped(series.Id);
            }
        }
    }

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
