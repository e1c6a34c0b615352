using System.Globalization;

namespace NocMonitor.Collector.Notify;

/// <summary>Numbers as a row of block characters from lowest to highest. Pure.</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";

    /// <param name="values">One value a column; NaN where there is none.</param>
    /// <returns>The row with the lowest, highest and last value beside it; empty without any value.</returns>
    public static string Draw(IReadOnlyList<double> values)
    {
        var known = values.Where(double.IsFinite).ToArray();
        if (known.Length == 0)
        {
            return "";
        }

        var (low, high) = (known.Min(), known.Max());
        var row = string.Concat(values.Select(value => Column(value, low, high)));
        return string.Create(CultureInfo.InvariantCulture, $"{row}  {low:0.##} to {high:0.##}, last {known[^1]:0.##}");
    }

    private static char Column(double value, double low, double high)
    {
        if (!double.IsFinite(value))
        {
            return ' ';
        }

        // Without spread there is no shape: a flat line in the middle, not at the bottom as if it were zero.
        var level = high > low ? (value - low) / (high - low) * (Blocks.Length - 1) : (Blocks.Length - 1) / 2;
        return Blocks[(int)Math.Round(level)];
    }
}
