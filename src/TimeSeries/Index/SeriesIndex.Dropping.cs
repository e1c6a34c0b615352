using NocMonitor.TimeSeries.Index;

namespace NocMonitor.TimeSeries;

/// <summary>
/// Series that were dropped. They keep their ids, because what is on disk and in flight refers to them, and come back when points do; until then nobody is told of them.
/// </summary>
public sealed partial class SeriesIndex
{
    private volatile bool _hasDropped;

    /// <summary>Whether any series ever was dropped: as long as not, nobody has to look.</summary>
    internal bool HasDropped => _hasDropped;

    /// <summary>Hides a series. The caller holds a lock on it and has seen that it has no samples in memory.</summary>
    internal void Drop(Series series)
    {
        series.IsDropped = true;
        _hasDropped = true;
    }

    private bool Lives(Postings postings)
    {
        var ids = new List<int>(postings.Count);
        postings.CopyTo(ids);
        return ids.Exists(id => Find(id) is { IsDropped: false });
    }
}
