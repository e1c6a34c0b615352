using System.Globalization;

namespace NocMonitor.Collector.Notify;

/// <summary>Where an alert can be looked at.</summary>
internal static class AlertLink
{
    public static string Of(string externalUrl, long alertId) => string.Create(CultureInfo.InvariantCulture, $"{externalUrl}/api/v1/alerts/{alertId}");
}
