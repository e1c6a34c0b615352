using NocMonitor.TimeSeries.Index;

namespace NocMonitor.TimeSeries;

/// <summary>
/// Series that were dropped, or of which nothing is left. Until they are forgotten they keep their ids, because the log and batches in flight may refer to them, and come back when points
/// do; nobody is told of them.
/// </summary>
public sealed partial class SeriesIndex
{
    private volatile bool _hasNotes;
    private int _dropped;

    /// <summary>Whether any series is dropped at present: as long as not, nobody has to look.</summary>
    internal bool HasDropped => Volatile.Read(ref _dropped) > 0;

    /// <summary>Whether any was noted on disk as dropped since the start or before: a sample that comes to disk then takes the note away.</summary>
    internal bool HasNotes => _hasNotes;

    /// <summary>Hides a series. The caller holds a lock on it and has seen that it has no samples in memory.</summary>
    /// <param name="series">The series.</param>
    /// <param name="isNoted">It is noted on disk.</param>
    internal void Drop(Series series, bool isNoted)
    {
        _hasNotes |= isNoted;
        if (!series.IsDropped)
        {
            series.IsDropped = true;
            Interlocked.Increment(ref _dropped);
        }
    }

    /// <summary>A sample came for a series that was dropped. The caller holds a lock on it.</summary>
    internal void Revive(Series series)
    {
        series.IsDropped = false;
        Interlocked.Decrement(ref _dropped);
    }

    private bool Lives(Postings postings)
    {
        var ids = new List<int>(postings.Count);
        postings.CopyTo(ids);
        return Lives(ids);
    }

    private bool Lives(TagIndex tag, int value)
    {
        var ids = new List<int>();
        tag.CopyTo(value, ids);
        return Lives(ids);
    }

    private bool Lives(List<int> ids) => ids.Exists(id => Find(id) is { IsDropped: false });
}
