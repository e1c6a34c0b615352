namespace NocMonitor.Collector.Rules.Windows;

/// <summary>
/// Where a level is heading: the median of the slopes between all pairs of up to 24 points of a window (Theil and Sen), so that a single spike
/// or a clean-up does not bend it.
/// </summary>
internal static class Trend
{
    private const int MostPoints = 24;
    private const int FewestPoints = 6;

    /// <summary>The slope a second; unknown with fewer than six points or when they span less than a sixth of the window.</summary>
    public static double Slope(LevelWindow window, long length)
    {
        var slices = window.Count;
        if (slices < FewestPoints || window[slices - 1].Time - window[0].Time < length / 6)
        {
            return double.NaN;
        }

        var points = Math.Min(slices, MostPoints);
        Span<double> times = stackalloc double[points];
        Span<double> values = stackalloc double[points];
        for (var i = 0; i < points; i++)
        {
            ref readonly var slice = ref window[(int)((long)i * (slices - 1) / (points - 1))];
            times[i] = (slice.Time - window[0].Time) / 1e9;
            values[i] = slice.Mean;
        }

        return MedianSlope(times, values);
    }

    /// <summary>The value expected after so many seconds, from the newest value on.</summary>
    public static double Forecast(LevelWindow window, long length, double ahead)
    {
        var slope = Slope(window, length);
        return double.IsNaN(slope) ? double.NaN : window[window.Count - 1].Last + (slope * ahead);
    }

    /// <summary>Hours until the level meets the limit: 0 when it is there, infinite when it does not move towards it.</summary>
    /// <param name="limit">A limit above the oldest value is met from below, any other from above.</param>
    public static double HoursUntil(LevelWindow window, long length, double limit)
    {
        var slope = Slope(window, length);
        if (double.IsNaN(slope))
        {
            return double.NaN;
        }

        var rising = limit > window[0].First;
        var distance = limit - window[window.Count - 1].Last;
        if (rising ? distance <= 0 : distance >= 0)
        {
            return 0;
        }

        var seconds = distance / slope;
        return seconds > 0 && double.IsFinite(seconds) ? seconds / 3600 : double.PositiveInfinity;
    }

    private static double MedianSlope(ReadOnlySpan<double> times, ReadOnlySpan<double> values)
    {
        Span<double> slopes = stackalloc double[MostPoints * (MostPoints - 1) / 2];
        var count = 0;
        for (var i = 0; i < times.Length; i++)
        {
            for (var j = i + 1; j < times.Length; j++)
            {
                if (times[j] > times[i])
                {
                    slopes[count++] = (values[j] - values[i]) / (times[j] - times[i]);
                }
            }
        }

        slopes = slopes[..count];
        slopes.Sort();
        return count % 2 == 1 ? slopes[count / 2] : (slopes[(count / 2) - 1] + slopes[count / 2]) / 2;
    }
}
