using NocMonitor.TimeSeries.Batches;
using NocMonitor.TimeSeries.Catalog;
using NocMonitor.TimeSeries.Compaction;

namespace NocMonitor.TimeSeries.Retention;

/// <summary>
/// Lets go of series of which nothing is left, in two steps. A series without samples in memory and whose newest hour, of samples and roll-ups, is past its retention is hidden, as a dropped one
/// is. It is forgotten when nothing can name it any more: the log has been cut beyond the moment it was hidden, every batch that was rented before is gone, and nobody holds it. A point that comes
/// in between brings it back as it was. Used under the compaction's lock alone.
/// </summary>
internal sealed class SeriesForgetting(
    ChunkFile file, SeriesIndex index, CatalogChanges catalog, CatalogChanges logCatalog, BatchEpochs epochs, NewestHours newest, Func<Series, bool> isHeld)
{
    /// <summary>A run looks at so many series in memory.</summary>
    private const int LooksPerRun = 200_000;

    /// <summary>A transaction takes no more series, and the index's lock is not held longer.</summary>
    public const int MostAtOnce = 500;

    /// <summary>Hidden series, with the last batch that may name each and the last epoch of batches that may hold it.</summary>
    private readonly Dictionary<Series, (long Sequence, long Epoch)> _leaving = [];

    /// <summary>Forgotten series that are noted as dropped as long as the log's catalog may have them: after a crash they come back from there, and nobody is to be told of them.</summary>
    private readonly List<int> _noted = [];

    private int _position;

    /// <summary>Forgets some that are ready; gives how many.</summary>
    public int Forget(long firstSequence, Func<long> lastSequence)
    {
        EndNotes();
        var ready = _leaving.Where(one => IsReady(one.Key, one.Value, firstSequence)).Select(one => one.Key).Take(MostAtOnce).ToList();
        if (ready.Count == 0)
        {
            return 0;
        }

        ready.ForEach(series => _leaving.Remove(series));

        // The epoch ends while the index is locked: the batches of all lines that came until then are of it.
        var gone = index.Forget(ready, wanted => _leaving[wanted] = (lastSequence(), epochs.End()));
        Save(gone);
        return gone.Count;
    }

    private bool IsReady(Series series, (long Sequence, long Epoch) since, long firstSequence) =>
        (firstSequence == 0 || firstSequence > since.Sequence) && epochs.AreGone(since.Epoch) && !isHeld(series);

    /// <summary>Looks at some series and hides those of which nothing is left.</summary>
    public void Look(Func<long> lastSequence)
    {
        newest.Begin();
        index.Recycle();
        var hidden = new List<Series>();
        var count = index.Count;
        for (var looks = Math.Min(count, LooksPerRun); looks > 0; looks--, _position++)
        {
            _position = _position < count ? _position : 0;
            if (index.Find(_position) is { } series && !_leaving.ContainsKey(series) && (series.IsDropped || TryHide(series)))
            {
                hidden.Add(series);
            }
        }

        if (hidden.Count > 0)
        {
            // Taken after all are hidden: whatever comes later for one of them is seen to.
            var since = (lastSequence(), epochs.End());
            hidden.ForEach(series => _leaving.Add(series, since));
        }
    }

    private bool TryHide(Series series)
    {
        if (!newest.IsPast(series) || isHeld(series))
        {
            return false;
        }

        lock (series)
        {
            if (!newest.IsPastNow(series))
            {
                return false;
            }

            index.Drop(series, isNoted: false);
            return true;
        }
    }

    private void EndNotes()
    {
        if (_noted.Count > 0 && logCatalog.IsSettled)
        {
            file.Transact(() => _noted.ForEach(file.ForgetDropped));
            _noted.Clear();
        }
    }

    /// <summary>Should this fail, the catalog keeps what it lacks for its next transaction, and the series come back, empty, when the process ends before.</summary>
    private void Save(List<Series> gone)
    {
        var changes = catalog.Take();
        try
        {
            file.Transact(() =>
            {
                file.Catalog.Save(changes);
                gone.ForEach(series => file.NoteDropped(series.Id));
            });
            _noted.AddRange(gone.Select(series => series.Id));
        }
        catch
        {
            catalog.PutBack(changes);
            throw;
        }
    }
}
