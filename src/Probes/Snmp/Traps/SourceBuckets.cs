namespace NocMonitor.Probes.Snmp.Traps;

/// <summary>
/// A token bucket for each source: it fills with so many tokens a second up to the burst, and each datagram takes one. Bounded: when there are too
/// many sources, those whose buckets are full again are forgotten, and while all are busy a new source gets nothing. One thread at a time.
/// </summary>
/// <param name="rate">Tokens a second.</param>
/// <param name="burst">What a bucket holds.</param>
internal sealed class SourceBuckets(double rate, double burst, TimeProvider time)
{
    public const int MostSources = 20_000;

    private readonly Dictionary<UInt128, (double Tokens, long At)> _buckets = [];
    private long _sweptAt;

    public bool TryTake(UInt128 source)
    {
        var now = time.GetTimestamp();
        if (!_buckets.TryGetValue(source, out var bucket))
        {
            if (_buckets.Count >= MostSources && !Sweep(now))
            {
                return false;
            }

            bucket = (burst, now);
        }

        var tokens = Tokens(bucket, now);
        var taken = tokens >= 1;
        _buckets[source] = (taken ? tokens - 1 : tokens, now);
        return taken;
    }

    private double Tokens((double Tokens, long At) bucket, long now) =>
        Math.Min(burst, bucket.Tokens + (time.GetElapsedTime(bucket.At, now).TotalSeconds * rate));

    /// <summary>Forgets sources whose buckets are full; looks at most once a second. True when there is room.</summary>
    private bool Sweep(long now)
    {
        if (_sweptAt != 0 && time.GetElapsedTime(_sweptAt, now) < TimeSpan.FromSeconds(1))
        {
            return false;
        }

        _sweptAt = now;
        foreach (var (source, bucket) in _buckets)
        {
            if (Tokens(bucket, now) >= burst)
            {
                _buckets.Remove(source);
            }
        }

        return _buckets.Count < MostSources;
    }
}
