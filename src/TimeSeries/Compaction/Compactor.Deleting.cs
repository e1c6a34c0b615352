using NocMonitor.TimeSeries.Chunks;

namespace NocMonitor.TimeSeries.Compaction;

/// <summary>Deletes by 256 neighbouring series and then by days, in transactions of their own.</summary>
internal sealed partial class Compactor
{
    /// <summary>After so many rows and chunks a deletion commits.</summary>
    private const int RowsPerDeletion = 2048;

    private readonly SampleDeletion _deletion = new(file);
    private readonly HashSet<Series> _deleting = [];

    /// <summary>Whether a deletion of the series is under way. Asked while the lock is held.</summary>
    public bool IsBeingDeleted(Series series) => _deleting.Contains(series);

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
}
