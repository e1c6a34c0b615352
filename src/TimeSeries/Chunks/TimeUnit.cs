namespace NocMonitor.TimeSeries.Chunks;

/// <summary>Times are stored in the coarsest unit that loses nothing; the index is on disk.</summary>
internal static class TimeUnit
{
    public static readonly long[] Nanoseconds = [1, 1_000, 1_000_000, 1_000_000_000];

    public static int Coarsest(ReadOnlySpan<long> times)
    {
        var unit = Nanoseconds.Length - 1;
        foreach (var time in times)
        {
            while (time % Nanoseconds[unit] != 0)
            {
                unit--;
            }
        }

        return unit;
    }
}
