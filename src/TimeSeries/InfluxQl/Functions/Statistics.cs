namespace NocMonitor.TimeSeries.InfluxQl.Functions;

/// <summary>Figures of the values of one window.</summary>
internal static class Statistics
{
    /// <summary>The bits of a decimal.</summary>
    public static long Median(WindowSlice slice)
    {
        var order = slice.ByValue();
        var middle = order.Length / 2;
        var upper = slice.NumberAt(order[middle]);
        if (order.Length % 2 == 1)
        {
            return BitConverter.DoubleToInt64Bits(upper);
        }

        var lower = slice.NumberAt(order[middle - 1]);
        return BitConverter.DoubleToInt64Bits(lower + ((upper - lower) / 2));
    }

    /// <summary>Of a sample; null for a single value. The mean is taken as it grows, as InfluxDB does it, so that the last digit agrees.</summary>
    public static double? Deviation(WindowSlice slice)
    {
        if (slice.Length < 2)
        {
            return null;
        }

        double mean = 0;
        for (var i = 0; i < slice.Length; i++)
        {
            mean += (slice.NumberAt(i) - mean) / (i + 1);
        }

        double variance = 0;
        for (var i = 0; i < slice.Length; i++)
        {
            var distance = slice.NumberAt(i) - mean;
            variance += distance * distance;
        }

        return Math.Sqrt(variance / (slice.Length - 1));
    }

    /// <summary>The most frequent value; of equally frequent ones the one that came first.</summary>
    public static long Mode(WindowSlice slice)
    {
        var order = slice.ByValue();
        var (best, bestCount) = (order[0], 0);
        for (var first = 0; first < order.Length;)
        {
            var end = first + 1;
            while (end < order.Length && slice.Compare(order[end], order[first]) == 0)
            {
                end++;
            }

            if (end - first > bestCount || (end - first == bestCount && slice.TimeAt(order[first]) < slice.TimeAt(best)))
            {
                (best, bestCount) = (order[first], end - first);
            }

            first = end;
        }

        return slice.BitsAt(best);
    }

    /// <summary>The row of the value that the percentage of values does not exceed; null when there is none.</summary>
    public static int? Percentile(WindowSlice slice, double percent)
    {
        var index = (int)Math.Floor((slice.Length * percent / 100) + 0.5) - 1;
        return index < 0 || index >= slice.Length ? null : slice.First + slice.ByValue()[index];
    }

    /// <summary>The rows of the first of each value, in order of value.</summary>
    public static List<int> DistinctRows(WindowSlice slice)
    {
        var rows = new List<int>();
        var order = slice.ByValue();
        for (var i = 0; i < order.Length; i++)
        {
            if (i == 0 || slice.Compare(order[i], order[i - 1]) != 0)
            {
                rows.Add(slice.First + order[i]);
            }
        }

        return rows;
    }
}
