using static NocMonitor.Dashboards.Influx;

namespace NocMonitor.Dashboards.Definitions;

/// <summary>What an operator looks at first.</summary>
internal static class Overview
{
    public static Dashboard Dashboard { get; } = new(
        "nocmonitor-overview", "NOC overview", "Hosts up and down, open alerts, and what is worst right now.",
        [SiteVariable],
        [
            new Row("Now",
                new Panel(PanelKind.Number, "Hosts that answer", "Hosts whose last ping in the chosen time was answered.", "none",
                    new Query(CountNewest("result_code", "ping", Site, "\"now\" = 0", "host")))
                { Width = 4, Height = 4, NoValue = "0", Thresholds = [new(null, Colors.Unknown), new(1, Colors.Good)] },
                new Panel(PanelKind.Number, "Hosts that do not", "Hosts whose last ping in the chosen time was not answered.", "none",
                    new Query(CountNewest("result_code", "ping", Site, "\"now\" != 0", "host")))
                { Width = 4, Height = 4, NoValue = "0", Thresholds = Colors.AnyIsCritical },
                new Panel(PanelKind.Number, "Critical alerts", "Alerts that fire as critical at the end of the chosen time, from 30 days back on.", "none",
                    new Query($"SELECT count(\"now\") FROM ({AlertsAsTheyStand}) WHERE \"now\" = 'firing' AND \"severity\" = 'critical'"))
                { Width = 4, Height = 4, NoValue = "0", Thresholds = Colors.AnyIsCritical },
                new Panel(PanelKind.Number, "Warnings", "Alerts that fire as a warning at the end of the chosen time, from 30 days back on.", "none",
                    new Query($"SELECT count(\"now\") FROM ({AlertsAsTheyStand}) WHERE \"now\" = 'firing' AND \"severity\" = 'warning'"))
                { Width = 4, Height = 4, NoValue = "0", Thresholds = Colors.AnyIsWarning },
                new Panel(PanelKind.Number, "Web checks failing", "Addresses whose last check failed.", "none",
                    new Query(CountNewest("result_code", "http_response", Site, "\"now\" != 0", "host", "server")))
                { Width = 4, Height = 4, NoValue = "0", Thresholds = Colors.AnyIsCritical },
                new Panel(PanelKind.Number, "Agents", "Agents that reported in the chosen time.", "none",
                    new Query(CountNewest("uptime", "agent", Site, "\"now\" >= 0", "agent")))
                { Width = 4, Height = 4, NoValue = "0", Thresholds = Colors.Neutral }),
            new Row("Alerts",
                new Panel(PanelKind.Table, "Open alerts", "Alerts that fire at the end of the chosen time, from 30 days back on. What is acknowledged is known to the collector's own page.", "none",
                    new Query($"SELECT \"now\", \"summary\" FROM ({AlertsAsTheyStand}) WHERE \"now\" = 'firing' GROUP BY \"host\", \"rule\", \"severity\""))
                {
                    Width = 16, Height = 9, SortBy = "Time", NoValue = "No alert fires", Thresholds = Colors.Neutral,
                    Columns = [Links.AnyHost, new("severity") { Mappings = Colors.Severities }, new("Time", "dateTimeAsIso")],
                },
                new Panel(PanelKind.Lines, "Transitions", "Transitions by rule: what keeps the shift busy.", "none",
                    new Query($"SELECT count(\"state\") FROM \"alerts\" WHERE {Site} AND \"state\" != 'replaced' AND $timeFilter GROUP BY time($__interval), \"rule\" fill(0)", "$tag_rule"))
                { Width = 8, Height = 9, Stacked = true, Thresholds = Colors.Neutral }),
            new Row("Worst",
                new Panel(PanelKind.Table, "Hosts that do not answer", "Hosts whose last ping in the chosen time was not answered.", "none",
                    new Query($"SELECT \"now\" FROM ({Newest("last(\"result_code\") AS \"now\"", "ping", Site, "host", "site")}) WHERE \"now\" != 0 GROUP BY \"host\", \"site\""))
                { Width = 8, Height = 10, SortBy = "Time", NoValue = "All answer", Thresholds = Colors.Neutral, Columns = [Links.Target, new("now") { Mappings = Colors.ResultCodes }, new("Time", "dateTimeAsIso")] },
                new Panel(PanelKind.Table, "Packet loss", "The ten hosts that lost the most packets at once.", "percent",
                    new Query($"SELECT top(\"percent_packet_loss\", \"host\", 10) AS \"loss\" FROM \"ping\" WHERE {Site} AND $timeFilter"))
                { Width = 8, Height = 10, SortBy = "loss", Thresholds = Colors.Above(5, 15), Columns = [Links.Target, new("Time", "dateTimeAsIso")] },
                new Panel(PanelKind.Table, "Fullest disks", "The ten fullest file systems as of their newest points.", "percent",
                    new Query($"SELECT top(\"now\", \"host\", \"path\", 10) AS \"used\" FROM ({Newest("last(\"used_percent\") AS \"now\"", "disk", Site, "host", "path")})"))
                { Width = 8, Height = 10, SortBy = "used", Thresholds = Colors.Above(85, 95), Columns = [Links.Host, new("Time", "dateTimeAsIso")] }),
            new Row("Busiest",
                new Panel(PanelKind.Table, "Top talkers", "The ten ports with the highest rate received at once.", "bps",
                    new Query($"SELECT top(\"in_bits_per_second\", \"host\", \"ifName\", 10) AS \"received\" FROM \"interface\" WHERE {Site} AND $timeFilter"))
                { Width = 6, Height = 10, SortBy = "received", Thresholds = Colors.Neutral, Columns = [Links.DeviceHost, Links.Port, new("Time", "dateTimeAsIso")] },
                new Panel(PanelKind.Table, "Top senders", "The ten ports with the highest rate sent at once.", "bps",
                    new Query($"SELECT top(\"out_bits_per_second\", \"host\", \"ifName\", 10) AS \"sent\" FROM \"interface\" WHERE {Site} AND $timeFilter"))
                { Width = 6, Height = 10, SortBy = "sent", Thresholds = Colors.Neutral, Columns = [Links.DeviceHost, Links.Port, new("Time", "dateTimeAsIso")] },
                new Panel(PanelKind.Table, "Processors", "The ten hosts with the busiest processors, mean of the chosen time.", "percent",
                    new Query($"SELECT top(\"busy\", \"host\", 10) AS \"used\" FROM (SELECT mean(\"usage_active\") AS \"busy\" FROM \"cpu\" WHERE {Site} AND \"cpu\" = 'cpu-total' AND $timeFilter GROUP BY \"host\")"))
                { Width = 6, Height = 10, SortBy = "used", Thresholds = Colors.Above(90, 97), Columns = [Links.Host, new("Time", "dateTimeAsIso")] },
                new Panel(PanelKind.Table, "Memory", "The ten hosts with the fullest memory, as of their newest points.", "percent",
                    new Query($"SELECT top(\"now\", \"host\", 10) AS \"used\" FROM ({Newest("last(\"used_percent\") AS \"now\"", "mem", Site, "host")})"))
                { Width = 6, Height = 10, SortBy = "used", Thresholds = Colors.Above(90, 97), Columns = [Links.Host, new("Time", "dateTimeAsIso")] }),
        ]);
}
