using static NocMonitor.Dashboards.Influx;

namespace NocMonitor.Dashboards.Definitions;

/// <summary>One port or a few in depth.</summary>
internal static class NetworkInterface
{
    private const string Port = $"{Host} AND \"ifName\" =~ /^$interface$/";

    public static Dashboard Dashboard { get; } = new(
        "nocmonitor-interface", "Network interface", "Traffic, errors, drops and state of single ports.",
        [SiteVariable, HostVariable("\"interface\"") with { Multi = false }, new Variable("interface", "Interface", $"SHOW TAG VALUES FROM \"interface\" WITH KEY = \"ifName\" WHERE {Host}")],
        [
            new Row("State",
                new Panel(PanelKind.Table, "Ports", "What the device says of the chosen ports.", "none",
                    new Query(Newest("last(\"ifOperStatus\") AS \"state\", last(\"ifAdminStatus\") AS \"wanted\", last(\"ifAlias\") AS \"alias\", last(\"ifSpeed\") AS \"speed\", last(\"dot3StatsDuplexStatus\") AS \"duplex\", last(\"ifIndex\") AS \"index\"", "interface", Port, "host", "ifName")))
                { Width = 24, Height = 6, SortBy = "state", Thresholds = Colors.Neutral, Columns = [new("state") { Mappings = Colors.PortStates }, new("speed", "bps"), new("Time", "dateTimeAsIso")] }),
            new Row("Traffic",
                new Panel(PanelKind.Lines, "Bits", "Received and sent, computed by the collector from the counters.", "bps",
                    new Query(Mean("in_bits_per_second", "interface", Port, "host", "ifName"), "$tag_ifName in"),
                    new Query(Mean("out_bits_per_second", "interface", Port, "host", "ifName"), "$tag_ifName out"))
                { Min = 0, Thresholds = Colors.Neutral },
                new Panel(PanelKind.Lines, "Use", "Share of the port's speed.", "percent",
                    new Query(Mean("in_utilization", "interface", Port, "host", "ifName"), "$tag_ifName in"),
                    new Query(Mean("out_utilization", "interface", Port, "host", "ifName"), "$tag_ifName out"))
                { Min = 0, Max = 100, Thresholds = Colors.Above(80, 95) },
                new Panel(PanelKind.Lines, "Packets", "Packets of all kinds.", "pps",
                    new Query(Mean("in_packets_per_second", "interface", Port, "host", "ifName"), "$tag_ifName in"),
                    new Query(Mean("out_packets_per_second", "interface", Port, "host", "ifName"), "$tag_ifName out"))
                { Min = 0, Thresholds = Colors.Neutral },
                new Panel(PanelKind.Lines, "95th percentile", "The rate that 95 % of the points stay below: what carriers bill by.", "bps",
                    new Query(Over("percentile(\"in_bits_per_second\", 95)", "interface", Port, "host", "ifName"), "$tag_ifName in"),
                    new Query(Over("percentile(\"out_bits_per_second\", 95)", "interface", Port, "host", "ifName"), "$tag_ifName out"))
                { Min = 0, Thresholds = Colors.Neutral }),
            new Row("Trouble",
                new Panel(PanelKind.Lines, "Errors", "Share of broken packets.", "percent",
                    new Query(Mean("in_errors_percent", "interface", Port, "host", "ifName"), "$tag_ifName in"),
                    new Query(Mean("out_errors_percent", "interface", Port, "host", "ifName"), "$tag_ifName out"))
                { Min = 0, Thresholds = Colors.Above(0.01, 0.1) },
                new Panel(PanelKind.Lines, "Drops", "Share of packets that were thrown away for want of room.", "percent",
                    new Query(Mean("in_discards_percent", "interface", Port, "host", "ifName"), "$tag_ifName in"),
                    new Query(Mean("out_discards_percent", "interface", Port, "host", "ifName"), "$tag_ifName out"))
                { Min = 0, Thresholds = Colors.Above(0.1, 1) }),
        ]);
}
