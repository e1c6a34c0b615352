using System.Text;

namespace NocMonitor.LineProtocol.Tests;

/// <summary>A whole text read into something a test can compare: one entry a line, a point's text or an error.</summary>
internal static class Reading
{
    public static List<string> Lines(
        string text, TimePrecision precision = TimePrecision.Nanoseconds, LineLimits? limits = null) => Lines(Encoding.UTF8.GetBytes(text), precision, limits);

    public static List<string> Lines(byte[] text, TimePrecision precision = TimePrecision.Nanoseconds, LineLimits? limits = null)
    {
        var lines = new List<string>();
        var reader = new LineReader(new LineScratch(), text, true, precision, limits);
        Collect(ref reader, lines);
        return lines;
    }

    public static Point Point(string line, TimePrecision precision = TimePrecision.Nanoseconds)
    {
        var reader = new LineReader(new LineScratch(), Encoding.UTF8.GetBytes(line), true, precision);
        Assert.That(reader.Read(), Is.True);
        Assert.That(reader.IsGood, Is.True, () => line);
        return reader.ToPoint();
    }

    public static LineError Error(string text, LineLimits? limits = null)
    {
        var reader = new LineReader(new LineScratch(), Encoding.UTF8.GetBytes(text), limits: limits);
        while (reader.Read())
        {
            if (!reader.IsGood)
            {
                return reader.Error;
            }
        }

        throw new AssertionException($"every line is good: {text}");
    }

    public static void Collect(ref LineReader reader, List<string> lines)
    {
        while (reader.Read())
        {
            lines.Add(reader.IsGood ? Describe(reader.ToPoint()) : reader.Error.ToString());
        }
    }

    public static string DescribeSorted(Point point)
    {
        var sorted = new Point(point.Measurement) { Timestamp = point.Timestamp };
        foreach (var (key, value) in point.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))
        {
            sorted.Tag(key, value);
        }

        foreach (var (key, value) in point.Fields)
        {
            sorted.Field(key, value);
        }

        return Describe(sorted);
    }

    public static string Describe(Point point)
    {
        var text = new StringBuilder(point.Measurement);
        foreach (var (key, value) in point.Tags)
        {
            text.Append('|').Append(key).Append('=').Append(value);
        }

        foreach (var (key, value) in point.Fields)
        {
            text.Append('|').Append(key).Append(':').Append(value.Kind).Append('=').Append(value);
        }

        return text.Append('|').Append(point.Timestamp?.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToString();
    }
}
