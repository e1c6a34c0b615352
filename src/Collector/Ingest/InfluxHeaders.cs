using System.Globalization;

namespace NocMonitor.Collector.Ingest;

/// <summary>The headers that InfluxDB sends with each answer; some clients look at them to tell what they talk to.</summary>
internal static class InfluxHeaders
{
    /// <summary>The version whose HTTP interface the doors speak, not the version of this program.</summary>
    public const string SpokenVersion = "1.8.10";

    public static void Add(HttpContext context)
    {
        var headers = context.Response.Headers;
        var request = context.TraceIdentifier;
        headers["X-Influxdb-Version"] = SpokenVersion;
        headers["X-Influxdb-Build"] = "NocMonitor";
        headers["Request-Id"] = request;
        headers["X-Request-Id"] = request;
    }

    public static void AddRetryAfter(HttpContext context, TimeSpan delay) =>
        context.Response.Headers.RetryAfter = Math.Ceiling(delay.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
