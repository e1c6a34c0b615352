using System.Globalization;

namespace NocMonitor.TimeSeries.Writer;

/// <summary>What the writer writes as its n-th point, so that a test can tell every value of every acknowledged point.</summary>
public static class WrittenPoint
{
    public const int PointsPerBatch = 25;
    public const int SeriesPerWriter = 40;

    /// <summary>2026-01-05 08:00 UTC, as the writer's clock has it.</summary>
    public const long Start = 1_767_600_000_000_000_000;

    public static string Series(int writer, long point) => string.Create(CultureInfo.InvariantCulture, $"load,series={point % SeriesPerWriter},writer={writer}");

    /// <summary>Points go back and forth over the last three hours, so that many are late and many hours are touched; no two of a series share a time.</summary>
    public static long Time(long point) => Start - ((point * 7919 % 10_800_000) * 1_000_000);

    public static string Fields(long point) => string.Create(CultureInfo.InvariantCulture, $"f={point / 4.0},n={point * 7}i,s=\"text {point % 10}\"");

    public const int PassingSeries = 20;

    /// <summary>Points of series that soon go again: the value is the step.</summary>
    public static string PassingLines(long step) =>
        string.Concat(Enumerable.Range(0, PassingSeries).Select(i => string.Create(CultureInfo.InvariantCulture, $"passing,n={i},step={step} f={step} {Start}\n")));

    public static string Line(int writer, long point) => string.Create(CultureInfo.InvariantCulture, $"{Series(writer, point)} {Fields(point)} {Time(point)}\n");
}
