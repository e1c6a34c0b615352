namespace NocMonitor.TimeSeries.Compaction;

/// <summary>Series ids in ascending order.</summary>
internal static class SortedSeries
{
    /// <summary>How many lie before an id.</summary>
    public static int Before(ReadOnlySpan<int> series, int id)
    {
        var index = series.BinarySearch(id);
        return index < 0 ? ~index : index;
    }

    public static bool Contains(ReadOnlySpan<int> series, int id) => series.BinarySearch(id) >= 0;
}
