using static NocMonitor.Dashboards.Influx;

namespace NocMonitor.Dashboards.Definitions;

/// <summary>What an operator looks at first.</summary>
internal static class Overview
{
    private const string OpenAlerts = $"SELECT last(\"state\") AS \"now\" FROM \"alerts\" WHERE {Site} AND $timeFilter GROUP BY *";

    public static Dashboard Dashboard { get; } = new(
        "nocmonitor-overview", "NOC overview", "Hosts up and down, open alerts, and what is worst right now.",
        [SiteVariable],
        [
            new Row("Now",
                new Panel(PanelKind.Number, "Hosts that answer", "Hosts whose last ping in the chosen time was answered.", "none",
                    new Query(CountNewest("result_code", "ping", Site, "\"now\" = 0", "host")))
                { Width = 4, Height = 4, Thresholds = [new(null, Colors.Good)] },
                new Panel(PanelKind.Number, "Hosts that do not", "Hosts whose last ping in the chosen time was not answered.", "none",
                    new Query(CountNewest("result_code", "ping", Site, "\"now\" != 0", "host")))
                { Width = 4, Height = 4, Thresholds = Colors.AnyIsCritical },
                new Panel(PanelKind.Number, "Critical alerts", "Alerts whose last transition in the chosen time left them firing as critical.", "none",
                    new Query($"SELECT count(\"now\") FROM ({OpenAlerts}) WHERE \"now\" = 'firing' AND \"severity\" = 'critical'"))
                { Width = 4, Height = 4, Thresholds = Colors.AnyIsCritical },
                new Panel(PanelKind.Number, "Warnings", "Alerts whose last transition in the chosen time left them firing as a warning.", "none",
                    new Query($"SELECT count(\"now\") FROM ({OpenAlerts}) WHERE \"now\" = 'firing' AND \"severity\" = 'warning'"))
                { Width = 4, Height = 4, Thresholds = Colors.AnyIsWarning },
                new Panel(PanelKind.Number, "Web checks failing", "Addresses whose last check failed.", "none",
                    new Query(CountNewest("result_code", "http_response", Site, "\"now\" != 0", "host", "server")))
                { Width = 4, Height = 4, Thresholds = Colors.AnyIsCritical },
                new Panel(PanelKind.Number, "Agents", "Agents that reported in the chosen time.", "none",
                    new Query(CountNewest("uptime", "agent", Site, "\"now\" >= 0", "agent")))
                { Width = 4, Height = 4, Thresholds = Colors.Neutral }),
            new Row("Alerts",
                new Panel(PanelKind.Table, "Open alerts", "Alerts that fire, by their last transition. What is acknowledged is known to the collector's own page.", "none",
                    new Query($"SELECT \"now\", \"summary\" FROM (SELECT last(\"state\") AS \"now\", \"summary\" FROM \"alerts\" WHERE {Site} AND $timeFilter GROUP BY \"host\", \"rule\", \"severity\") WHERE \"now\" = 'firing' GROUP BY \"host\", \"rule\", \"severity\""))
                { Width = 16, Height = 9, SortBy = "Time", Thresholds = Colors.Neutral },
                new Panel(PanelKind.Lines, "Transitions", "Transitions by rule: what keeps the shift busy.", "none",
                    new Query($"SELECT count(\"state\") FROM \"alerts\" WHERE {Site} AND $timeFilter GROUP BY time($__interval), \"rule\" fill(0)", "$tag_rule"))
                { Width = 8, Height = 9, Stacked = true, Thresholds = Colors.Neutral }),
            new Row("Worst",
                new Panel(PanelKind.Bars, "Fullest disks", "The ten fullest file systems.", "percent",
                    new Query($"SELECT last(\"used_percent\") FROM \"disk\" WHERE {Site} AND $timeFilter GROUP BY \"host\", \"path\" SLIMIT 200", "$tag_host $tag_path"))
                { Width = 8, Height = 10, Min = 0, Max = 100, Thresholds = Colors.Above(85, 95) },
                new Panel(PanelKind.Table, "Packet loss", "The ten hosts that lost the most packets at once.", "percent",
                    new Query($"SELECT top(\"percent_packet_loss\", \"host\", 10) AS \"loss\" FROM \"ping\" WHERE {Site} AND $timeFilter"))
                { Width = 8, Height = 10, SortBy = "loss", Thresholds = Colors.Above(5, 15) },
                new Panel(PanelKind.Table, "Top talkers", "The ten ports with the highest rate received at once.", "bps",
                    new Query($"SELECT top(\"in_bits_per_second\", \"host\", \"ifName\", 10) AS \"received\" FROM \"interface\" WHERE {Site} AND $timeFilter"))
                { Width = 8, Height = 10, SortBy = "received", Thresholds = Colors.Neutral }),
            new Row("Load",
                new Panel(PanelKind.Lines, "CPU of the busiest hosts", "Mean use of all processors; the busiest hosts in the legend's order.", "percent",
                    new Query(Mean("usage_active", "cpu", $"{Site} AND \"cpu\" = 'cpu-total'", "host"), "$tag_host"))
                { Min = 0, Max = 100, Thresholds = Colors.Above(90, 97) },
                new Panel(PanelKind.Lines, "Memory", "Memory in use.", "percent", new Query(Mean("used_percent", "mem", Site, "host"), "$tag_host"))
                { Min = 0, Max = 100, Thresholds = Colors.Above(90, 97) }),
        ]);
}
