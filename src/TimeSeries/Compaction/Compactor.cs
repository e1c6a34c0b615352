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
internal sealed partial class Compactor(
    ChunkFile file, SeriesIndex index, CatalogChanges catalog, HeadMemory memory, FlushQueue full, FlushCount flushes)
{
    /// <summary>A transaction holds no more series, so that memory and the journal stay small.</summary>
    private const int SeriesPerTransaction = 256;

    private readonly Lock _lock = new();

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
}
