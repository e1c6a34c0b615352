namespace NocMonitor.TimeSeries.Chunks;

/// <summary>The key of a chunk: which hour since 1970 (negative before) and which series.</summary>
internal static class ChunkId
{
    public const int SeriesBits = 24;
    public const long BucketNanoseconds = 3_600_000_000_000;

    public static long Of(long bucket, int series) => (bucket << SeriesBits) | (uint)series;

    public static long Bucket(long id) => id >> SeriesBits;

    public static int Series(long id) => (int)(id & ((1 << SeriesBits) - 1));

    /// <summary>The hour a time lies in, rounded down also before 1970.</summary>
    public static long BucketOf(long timestamp) => (timestamp / BucketNanoseconds) - (timestamp % BucketNanoseconds < 0 ? 1 : 0);

    /// <summary>The first nanosecond of an hour; the last representable hours saturate.</summary>
    public static long Start(long bucket) => bucket > BucketOf(long.MaxValue) ? long.MaxValue : Math.Max(bucket, BucketOf(long.MinValue) + 1) * BucketNanoseconds;
}
