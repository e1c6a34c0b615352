namespace NocMonitor.TimeSeries.Codecs;

/// <summary>How many bits an ideal code takes for a set of counts. Logarithms of small counts come from a table.</summary>
internal static class BucketEntropy
{
    private static readonly float[] Small = [.. Enumerable.Range(0, 4096).Select(count => (float)CountTimesLog(count))];

    public static double Bits(ReadOnlySpan<int> counts, int total)
    {
        double sum = 0;
        foreach (var count in counts)
        {
            sum += count < Small.Length ? Small[count] : CountTimesLog(count);
        }

        return CountTimesLog(total) - sum;
    }

    private static double CountTimesLog(int count) => count == 0 ? 0 : count * Math.Log2(count);
}
