using NocMonitor.TimeSeries.Chunks;

namespace NocMonitor.TimeSeries.Rollups;

/// <summary>The key of a row of roll-ups: which UTC day and which series.</summary>
internal static class RollupId
{
    private const int HoursPerDay = 24;

    public static long DayOf(long bucket) => Math.DivRem(bucket, HoursPerDay, out var rest) - (rest < 0 ? 1 : 0);

    public static long FirstBucket(long day) => day * HoursPerDay;

    public static long Of(long day, int series) => ChunkId.Of(day, series);
}
