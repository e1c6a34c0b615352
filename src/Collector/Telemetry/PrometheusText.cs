using System.Globalization;
using System.Text;

namespace NocMonitor.Collector.Telemetry;

/// <summary>Writes readings in Prometheus' text format, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IEnumerable<InstrumentReading> readings)
    {
        var text = new StringBuilder();
        foreach (var reading in readings)
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {reading.Name} {PrometheusName.Escape(reading.Help)}\n");
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {reading.Name} {Type(reading.Kind)}\n");
            foreach (var (labels, cell) in reading.Cells)
            {
                Append(text, reading, labels, cell);
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, InstrumentReading reading, string labels, ReadingCell cell)
    {
        var (value, buckets) = cell.Read();
        if (reading.Kind != ReadingKind.Histogram)
        {
            Line(text, reading.Name, labels, value);
            return;
        }

        long count = 0;
        for (var i = 0; i < buckets.Length; i++)
        {
            count += buckets[i];
            var bound = i < reading.Bounds.Count ? reading.Bounds[i].ToString("R", CultureInfo.InvariantCulture) : "+Inf";
            Line(text, $"{reading.Name}_bucket", $"{labels}{(labels.Length > 0 ? "," : "")}le=\"{bound}\"", count);
        }

        Line(text, $"{reading.Name}_sum", labels, value);
        Line(text, $"{reading.Name}_count", labels, count);
    }

    private static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Type(ReadingKind kind) => kind switch
    {
        ReadingKind.Counter => "counter",
        ReadingKind.Histogram => "histogram",
        _ => "gauge",
    };
}
