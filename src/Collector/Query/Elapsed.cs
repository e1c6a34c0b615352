using System.Globalization;

namespace NocMonitor.Collector.Query;

/// <summary>How long ago something was, as a person says it.</summary>
internal static class Elapsed
{
    public static string Ago(DateTimeOffset time, DateTimeOffset now) => (now - time) switch
    {
        { TotalSeconds: < 90 } span => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, span.TotalSeconds):0} s ago"),
        { TotalMinutes: < 90 } span => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min ago"),
        { TotalHours: < 48 } span => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0} h ago"),
        var span => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0} d ago"),
    };
}
