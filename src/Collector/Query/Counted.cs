using System.Globalization;

namespace NocMonitor.Collector.Query;

/// <summary>Numbers of things as a person writes them.</summary>
internal static class Counted
{
    /// <param name="thing">One of them, such as <c>open alert</c>.</param>
    public static string Words(int count, string thing) => string.Create(CultureInfo.InvariantCulture, $"{count} {thing}{(count == 1 ? "" : "s")}");
}
