using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Functions;

/// <summary><c>top</c>, <c>bottom</c> and <c>sample</c>: several points of a window, in order of time.</summary>
internal static class Picks
{
    public static IEnumerable<int> Of(Call call, WindowSlice slice)
    {
        var most = (int)Math.Min(int.MaxValue, ((IntegerLiteral)call.Arguments[^1]).Value);
        var picked = call.Name == "sample" ? Sample(slice, most) : Extremes(slice, most, call.Name == "top", call.Arguments.Count - 2);

        // Points of one time stay in the order they were picked in.
        return picked.OrderBy(slice.TimeAt).Select(offset => slice.First + offset);
    }

    /// <summary>Each point with the same chance.</summary>
    private static int[] Sample(WindowSlice slice, int most)
    {
        var offsets = Enumerable.Range(0, slice.Length).ToArray();
        if (most >= offsets.Length)
        {
            return offsets;
        }

        Random.Shared.Shuffle(offsets);
        var picked = offsets[..most];
        Array.Sort(picked);
        return picked;
    }

    /// <summary>Of each combination of the named tags one point counts. The columns of the tags are the first beside the values.</summary>
    private static int[] Extremes(WindowSlice slice, int most, bool top, int tags)
    {
        var order = slice.ByValue();
        if (top)
        {
            Array.Sort(order, (left, right) => slice.Compare(right, left) is var byValue && byValue != 0 ? byValue : left.CompareTo(right));
        }

        if (tags == 0)
        {
            return order[..Math.Min(most, order.Length)];
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. order.Where(offset => seen.Add(Key(slice, offset, tags))).Take(most)];
    }

    private static string Key(WindowSlice slice, int offset, int tags) =>
        string.Join('\0', slice.Points.Besides.Take(tags).Select(column => column[slice.First + offset].Text));
}
