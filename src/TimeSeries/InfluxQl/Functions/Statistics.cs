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

    /// <summary>Of truth values as many as not are true.</summary>
    private static long BooleanMode(WindowSlice slice)
    {
        var holds = 0;
        for (var i = 0; i < slice.Length; i++)
        {
            holds += slice.BitsAt(i) != 0 ? 1 : 0;
        }

        return holds * 2 >= slice.Length ? 1 : 0;
    }

    /// <summary>
    /// The most frequent value; of values that come equally often, and more than once, the one that came first. Where no value comes twice it is the smallest, as InfluxDB
    /// has it.
    /// </summary>
    public static long Mode(WindowSlice slice)
    {
        if (slice.Type == ValueType.Boolean)
        {
            return BooleanMode(slice);
        }

        var order = slice.ByValue();
        var (best, bestCount, bestTime) = (order[0], 1, slice.TimeAt(order[0]));
        for (var first = 0; first < order.Length;)
        {
            var end = first + 1;
            while (end < order.Length && slice.Compare(order[end], order[first]) == 0)
            {
                end++;
            }

            var count = end - first;
            if (count > bestCount || (count == bestCount && count > 1 && slice.TimeAt(order[first]) < bestTime))
            {
                (best, bestCount, bestTime) = (order[first], count, slice.TimeAt(order[first]));
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

    /// <summary>The rows of the first of each value, in order of time, and of value where one time has several.</summary>
    public static List<int> DistinctRows(WindowSlice slice)
    {
        var rows = new List<int>();
        var order = slice.ByValue();
        for (var i = 0; i < order.Length; i++)
        {
            if (i == 0 || slice.Compare(order[i], order[i - 1]) != 0)
            {
                rows.Add(order[i]);
            }
        }

        rows.Sort((left, right) => slice.TimeAt(left).CompareTo(slice.TimeAt(right)) is var byTime && byTime != 0 ? byTime : slice.Compare(left, right));
        return [.. rows.Select(offset => slice.First + offset)];
    }
}
