using System.Globalization;
using System.Text;

namespace NocMonitor.Collector.Evaluator;

/// <summary>What the evaluator writes as its n-th batch, and the rules on it.</summary>
public static class EvaluatedSample
{
    public const int SeriesPerBatch = 20;

    /// <summary>2026-01-05 08:00 UTC.</summary>
    public const long Start = 1_767_600_000_000_000_000;

    /// <summary>A hold in samples, one in time, a window, hysteresis, steps, and flapping soon enough to be reached.</summary>
    public const string Rules =
        """
        { "Rules": [
          { "Name": "samples", "Measurement": "m", "Warning": "x > 50", "Critical": "x > 80", "For": "3 samples", "FlapChanges": 12, "FlapWithin": "5m" },
          { "Name": "time", "Measurement": "m", "Critical": "x > 40", "CriticalClear": "x < 30", "For": "8s", "ClearFor": "5s", "FlapChanges": 0 },
          { "Name": "window", "Measurement": "m", "Warning": "avg(x, 20s) > 55", "WarningClear": "avg(x, 20s) < 45", "FlapChanges": 0 },
          { "Name": "counter", "Measurement": "m", "Warning": "increase(n, 30s) > 100", "ClearFor": "1 sample", "FlapChanges": 0 },
          { "Name": "steps", "Measurement": "m", "Warning": "x > 20", "FlapChanges": 0, "Steps": { "Of": "x", "At": [ "30", "60", "90" ] } }
        ] }
        """;

    /// <summary>One sample a series, a second apart from batch to batch.</summary>
    public static string Lines(int number)
    {
        var text = new StringBuilder();
        for (var series = 0; series < SeriesPerBatch; series++)
        {
            text.Append(CultureInfo.InvariantCulture, $"m,host=h{series} x={Value(number, series)},n={Counter(number, series)}i {Start + (number * 1_000_000_000L)}\n");
        }

        return text.ToString();
    }

    /// <summary>A wave of its own for each series, with some noise on it.</summary>
    private static double Value(int number, int series) =>
        Math.Round(50 + (45 * Math.Sin((number + (series * 3)) / (4.0 + series))) + ((number * 7919 + series * 104729) % 11), 2);

    private static long Counter(int number, int series) => (long)number * (series % 7);
}
