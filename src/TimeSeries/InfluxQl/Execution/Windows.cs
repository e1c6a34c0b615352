using NocMonitor.TimeSeries.InfluxQl.Planning;

namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>The windows of time that points are grouped into; without an interval there is one. Immutable.</summary>
internal sealed class Windows
{
    /// <summary>More do not fit into an answer, whatever the limit says.</summary>
    private const int MostEver = 50_000_000;

    private readonly long[] _starts;
    private readonly long _duration;
    private readonly bool _even;

    private Windows(long[] starts, long duration, bool even) => (_starts, _duration, _even) = (starts, duration, even);

    public int Count => _starts.Length;

    /// <summary>There is no interval.</summary>
    public bool IsOne => _duration == 0;

    /// <summary>One window over everything; it is called by the start of the range, or by the epoch when there is none.</summary>
    public static Windows Single(TimeRange range) => new([range.HasMin ? range.Min : 0], 0, even: false);

    /// <exception cref="QueryException">There are more windows than allowed.</exception>
    public static Windows Over(TimeRange range, Interval interval, TimeZoneInfo? zone, int most)
    {
        var first = StartOf(range.Min, interval, zone);
        var count = range.IsEmpty ? 0 : unchecked((ulong)(range.Max - first)) / (ulong)interval.Duration;
        most = most > 0 ? most : MostEver;
        if (count >= (ulong)most)
        {
            throw new QueryException($"max-select-buckets limit exceeded: ({count + 1}/{most})");
        }

        if (zone is null && !range.IsEmpty && first + ((Int128)(count + 1) * interval.Duration) <= long.MaxValue)
        {
            return Even(first, (int)count + 1, interval.Duration);
        }

        var starts = new List<long>((int)count + 1);
        for (var start = first; start <= range.Max && !range.IsEmpty;)
        {
            starts.Add(start);
            var next = Next(start, interval, zone);
            if (next <= start)
            {
                break;
            }

            start = next;
        }

        return new Windows([.. starts], interval.Duration, even: zone is null);
    }

    private static Windows Even(long first, int count, long duration)
    {
        var starts = new long[count];
        for (var i = 0; i < count; i++)
        {
            starts[i] = first + (i * duration);
        }

        return new Windows(starts, duration, even: true);
    }

    /// <summary>An hour never lies in two windows.</summary>
    public bool BeginOnHours => _duration == 0 || Array.TrueForAll(_starts, start => start % Language.DurationText.Hour == 0);

    /// <summary>The times all windows are called by, not to be changed.</summary>
    public long[] Starts => _starts;

    /// <summary>The time a window is called by.</summary>
    public long StartOf(int window) => _starts[window];

    /// <summary>The window of a time, which lies in the range; a time before the first window counts for it.</summary>
    /// <param name="likely">Looked at first; any number.</param>
    public int IndexOf(long time, int likely = -1)
    {
        if (likely >= 0 && likely + 1 < _starts.Length && time < _starts[likely + 1] && time >= _starts[likely])
        {
            return likely;
        }

        if (_duration == 0)
        {
            return 0;
        }

        if (_even)
        {
            return (int)Math.Clamp((time - _starts[0]) / _duration, 0, _starts.Length - 1);
        }

        var index = Array.BinarySearch(_starts, time);
        return Math.Max(0, index < 0 ? ~index - 1 : index);
    }

    /// <summary>How many of the times, which ascend, lie in a window.</summary>
    /// <param name="likely">Tried first; 0 when nothing is known.</param>
    public int LengthOf(int window, ReadOnlySpan<long> times, int likely = 0)
    {
        if (window + 1 >= _starts.Length || times[^1] < _starts[window + 1])
        {
            return times.Length;
        }

        // Neighbouring windows are short stretches mostly, so the search widens from the start.
        var end = _starts[window + 1];
        if (likely > 0 && likely < times.Length && times[likely - 1] < end && times[likely] >= end)
        {
            return likely;
        }

        var step = 1;
        while (step < times.Length && times[step] < end)
        {
            step *= 2;
        }

        var low = step / 2;
        var found = times[low..Math.Min(step + 1, times.Length)].BinarySearch(end);
        var length = low + (found < 0 ? ~found : found);
        while (length > 0 && times[length - 1] >= end)
        {
            length--;
        }

        return Math.Max(1, length);
    }

    public static long StartOf(long time, Interval interval, TimeZoneInfo? zone)
    {
        var shifted = time - interval.Offset;
        var offset = OffsetAt(zone, shifted);
        var into = unchecked(shifted + offset) % interval.Duration;
        into += into < 0 ? interval.Duration : 0;
        if (shifted < Language.TimeText.Min + into)
        {
            return Language.TimeText.Min;
        }

        var start = shifted - into;
        var change = offset - OffsetAt(zone, start);
        return start + interval.Offset + (change != 0 && Math.Abs(change) < interval.Duration ? change : 0);
    }

    /// <summary>A day on which clocks are turned is longer or shorter than others.</summary>
    private static long Next(long start, Interval interval, TimeZoneInfo? zone)
    {
        var plain = unchecked(start + interval.Duration);
        if (zone is null)
        {
            return plain;
        }

        var next = StartOf(plain, interval, zone);
        next = next > start ? next : StartOf(plain + Language.DurationText.Hour, interval, zone);
        return next > start ? next : plain;
    }

    private static long OffsetAt(TimeZoneInfo? zone, long time) =>
        zone is null ? 0 : zone.GetUtcOffset(DateTime.UnixEpoch.AddTicks(time / 100)).Ticks * 100;
}
