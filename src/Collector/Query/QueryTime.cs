using System.Globalization;
using NocMonitor.Configuration;

namespace NocMonitor.Collector.Query;

/// <summary>Times as a query writes them: <c>now</c>, <c>-15m</c> (that long ago), or RFC 3339 such as <c>2026-01-05T08:00:00Z</c>.</summary>
internal static class QueryTime
{
    public static bool TryParse(string text, DateTimeOffset now, out DateTimeOffset time)
    {
        time = now;
        if (text == "now")
        {
            return true;
        }

        if (text.StartsWith('-') && Duration.TryParse(text.AsSpan(1), out var ago) && ago < now - DateTimeOffset.UnixEpoch)
        {
            time = now - ago;
            return true;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time)
            && text.Contains('-', StringComparison.Ordinal) && time >= DateTimeOffset.UnixEpoch && time.Year < 2262;
    }
}
