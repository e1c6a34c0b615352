namespace NocMonitor.TimeSeries.Heads;

/// <summary>How a head's array grows: in small steps, because at 100,000 series the unused part is what costs memory.</summary>
internal static class HeadGrowth
{
    /// <summary>Room, in rows, for one more than count.</summary>
    public static int RowsAfter(int count) => count < 4 ? count + 1 : count + Math.Max(4, count / 4);
}
