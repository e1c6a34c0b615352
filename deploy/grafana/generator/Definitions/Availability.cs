using static NocMonitor.Dashboards.Influx;

namespace NocMonitor.Dashboards.Definitions;

/// <summary>Whether what people use answers: web sites, ports, names, certificates, time.</summary>
internal static class Availability
{
    public static Dashboard Dashboard { get; } = new(
        "nocmonitor-availability", "Services and websites", "Web sites, ports, DNS, certificates and time servers as the agents see them.",
        [SiteVariable, HostVariable("/^(http_response|ping|net_response|dns_query|x509_cert|ntp)$/")],
        [
            new Row("Web sites",
                new Panel(PanelKind.States, "Results", "Each check of each address.", "none", new Query(Over("last(\"result_code\")", "http_response", Host, "server"), "$tag_server"))
                { Width = 16, Mappings = Colors.ResultCodes, Thresholds = Colors.AnyIsCritical },
                new Panel(PanelKind.Bars, "Availability", "Share of checks that succeeded in the chosen time.", "percent",
                    new Query($"SELECT 100 * count(\"good\") / count(\"all\") FROM (SELECT \"result_code\" AS \"all\" FROM \"http_response\" WHERE {Host} AND $timeFilter), (SELECT \"result_code\" AS \"good\" FROM \"http_response\" WHERE {Host} AND \"result_code\" = 0 AND $timeFilter) GROUP BY \"server\"", "$tag_server"))
                { Width = 8, Min = 0, Max = 100, Thresholds = Colors.Below(99, 99.9) },
                new Panel(PanelKind.Lines, "Time to answer", "From the first packet to the end of the answer's head.", "s", new Query(Mean("response_time", "http_response", Host, "server"), "$tag_server"))
                { Min = 0, Thresholds = Colors.Neutral },
                new Panel(PanelKind.Lines, "Where the time goes", "The phases of a request, mean of the chosen addresses.", "s",
                    new Query(Mean("dns_time", "http_response", Host), "name"), new Query(Mean("connect_time", "http_response", Host), "connection"),
                    new Query(Mean("tls_time", "http_response", Host), "TLS"), new Query(Mean("first_byte_time", "http_response", Host), "first byte"))
                { Min = 0, Stacked = true, Thresholds = Colors.Neutral }),
            new Row("Reachability",
                new Panel(PanelKind.Lines, "Round trip", "Mean round trip of a ping.", "ms", new Query(Mean("average_response_ms", "ping", Host, "host"), "$tag_host"))
                { Min = 0, Thresholds = Colors.Above(150, 500) },
                new Panel(PanelKind.Lines, "Packet loss", "Share of pings that were not answered.", "percent", new Query(Mean("percent_packet_loss", "ping", Host, "host"), "$tag_host"))
                { Min = 0, Max = 100, Thresholds = Colors.Above(5, 15) },
                new Panel(PanelKind.States, "Ports", "Each check of each port.", "none", new Query(Over("last(\"result_code\")", "net_response", Host, "server", "port"), "$tag_server:$tag_port"))
                { Mappings = Colors.ResultCodes, Thresholds = Colors.AnyIsCritical },
                new Panel(PanelKind.States, "Names", "Each question to each DNS server.", "none", new Query(Over("last(\"result_code\")", "dns_query", Host, "server", "domain"), "$tag_domain at $tag_server"))
                { Mappings = Colors.ResultCodes, Thresholds = Colors.AnyIsCritical }),
            new Row("Certificates and time",
                new Panel(PanelKind.Table, "Certificates", "Days until each certificate expires.", "d",
                    new Query(Newest("last(\"days_left\") AS \"days\", last(\"issuer\") AS \"issuer\", last(\"verification_error\") AS \"error\"", "x509_cert", Host, "host", "source")))
                { Width = 12, SortBy = "days", Thresholds = Colors.Below(7, 30), Columns = [new("Time", "dateTimeAsIso")] },
                new Panel(PanelKind.Lines, "Clock", "How far time servers are ahead of the agents.", "s", new Query(Mean("offset", "ntp", Host, "server"), "$tag_server"))
                { Width = 12, Thresholds = Colors.Neutral }),
        ]);
}
