using System.Text;

namespace NocMonitor.Collector.Telemetry;

/// <summary>Names and texts as Prometheus' text format takes them.</summary>
internal static class PrometheusName
{
    /// <summary><c>nocmonitor.ingest.time</c> in <c>s</c> becomes <c>nocmonitor_ingest_time_seconds</c>; a counter ends in <c>_total</c>.</summary>
    public static string Of(string name, string? unit, bool counter)
    {
        var text = new StringBuilder(Clean(name));
        text.Append(unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        });
        return counter ? text.Append("_total").ToString() : text.ToString();
    }

    public static string Clean(string name) => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));

    public static string Escape(string text) =>
        text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
