using NocMonitor.LineProtocol;

namespace NocMonitor.TimeSeries.Batches;

/// <summary>Which times a point may have. Older ones would be dropped by retention at once; newer ones come from a wrong clock and would stand as "the last value" for years.</summary>
internal sealed class TimeLimits(TimeSpan past, TimeSpan future)
{
    private readonly long _past = UnixNanoseconds.From(past);
    private readonly long _future = UnixNanoseconds.From(future);

    public bool Accepts(long timestamp, long now) => timestamp >= now - _past && timestamp <= now + _future;

    /// <param name="reject">Why not, in words.</param>
    public bool Accepts(long timestamp, long now, out string reject)
    {
        if (timestamp < now - _past)
        {
            reject = $"point is too old: {UnixNanoseconds.ToTime(timestamp):u} is more than {past} before it was received";
            return false;
        }

        if (timestamp > now + _future)
        {
            reject = $"point is in the future: {UnixNanoseconds.ToTime(timestamp):u} is more than {future} after it was received";
            return false;
        }

        reject = "";
        return true;
    }
}
