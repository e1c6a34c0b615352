using NocMonitor.Configuration;

namespace NocMonitor.Probes.Snmp;

/// <summary>How long a round may last so that the next one starts in time.</summary>
internal static class RoundTime
{
    private static readonly TimeSpan UsualInterval = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A little less than the interval and the time limit that the same section gives its runner, who reads and reports them. Null for a probe that is
    /// run once by hand, whose section names no type: it waits for all devices.
    /// </summary>
    public static TimeSpan? Of(OptionReader options)
    {
        if (options.Node.Find("Type") is null)
        {
            return null;
        }

        var interval = DurationOf(options, "Interval") ?? UsualInterval;
        var limit = DurationOf(options, "TimeLimit") ?? interval;
        return (limit < interval ? limit : interval) * 0.95;
    }

    private static TimeSpan? DurationOf(OptionReader options, string name) =>
        options.Node.Find(name) is { Text.Length: > 0 } node && Duration.TryParse(node.Text, out var value) && value > TimeSpan.Zero ? value : null;
}
