using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Functions;

/// <summary><c>sample</c>: several points of a window, in order of time.</summary>
internal static class Picks
{
    public static IEnumerable<int> Of(Call call, WindowSlice slice)
    {
        var most = (int)Math.Min(int.MaxValue, ((IntegerLiteral)call.Arguments[^1]).Value);
        return Sample(slice, most).Select(offset => slice.First + offset);
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
}
