namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>The order of rows by time, those of one time in the order they stand in.</summary>
internal static class TimeOrder
{
    /// <summary>Null when the times ascend already.</summary>
    public static int[]? Of(ReadOnlySpan<long> times)
    {
        var sorted = true;
        for (var i = 1; i < times.Length && sorted; i++)
        {
            sorted = times[i] >= times[i - 1];
        }

        if (sorted)
        {
            return null;
        }

        var keys = times.ToArray();
        var rows = new int[keys.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = i;
        }

        Array.Sort(keys, rows);
        for (var first = 0; first < keys.Length;)
        {
            var end = first + 1;
            while (end < keys.Length && keys[end] == keys[first])
            {
                end++;
            }

            Array.Sort(rows, first, end - first);
            first = end;
        }

        return rows;
    }
}
