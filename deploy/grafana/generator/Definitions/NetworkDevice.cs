using static NocMonitor.Dashboards.Influx;

namespace NocMonitor.Dashboards.Definitions;

/// <summary>Switches, routers, firewalls and everything else that answers SNMP.</summary>
internal static class NetworkDevice
{
    public static Dashboard Dashboard { get; } = new(
        "nocmonitor-device", "Network device", "Reachability, processors, memory, ports, sensors and neighbours of devices that are polled over SNMP.",
        [SiteVariable, HostVariable("\"snmp\"") with { StartsWithAll = false }],
        [
            new Row("Now",
                new Panel(PanelKind.Table, "Devices", "What each device says it is, and when it last answered.", "none",
                    new Query(Newest("last(\"result_code\") AS \"result\", last(\"vendor\") AS \"vendor\", last(\"model\") AS \"model\", last(\"version\") AS \"version\", last(\"serial\") AS \"serial\", last(\"sysLocation\") AS \"location\"", "snmp", Host, "host")))
                { Width = 24, Height = 7, SortBy = "result", Thresholds = Colors.Neutral, Columns = [new("result") { Mappings = Colors.ResultCodes }, new("Time", "dateTimeAsIso")] },
                new Panel(PanelKind.States, "Answers", "Whether each poll was answered.", "none", new Query(Over("last(\"result_code\")", "snmp", Host, "host"), "$tag_host"))
                { Width = 12, Height = 6, Mappings = Colors.ResultCodes, Thresholds = Colors.AnyIsCritical },
                new Panel(PanelKind.Lines, "Length of a poll", "From the first question to the last answer.", "s", new Query(Mean("duration", "snmp", Host, "host"), "$tag_host"))
                { Width = 12, Height = 6, Min = 0, Thresholds = Colors.Neutral }),
            new Row("Processors and memory",
                new Panel(PanelKind.Lines, "Processors", "Use of each processor, as its maker judges it.", "percent", new Query(Mean("usage", "snmp_cpu", Host, "host", "cpu"), "$tag_host $tag_cpu"))
                { Width = 8, Min = 0, Max = 100, Thresholds = Colors.Above(80, 95) },
                new Panel(PanelKind.Lines, "Memory", "Use of each pool.", "percent", new Query(Mean("used_percent", "snmp_memory", Host, "host", "memory"), "$tag_host $tag_memory"))
                { Width = 8, Min = 0, Max = 100, Thresholds = Colors.Above(80, 95) },
                new Panel(PanelKind.Lines, "Storage", "Use of disks and flash.", "percent", new Query(Mean("used_percent", "snmp_storage", Host, "host", "storage"), "$tag_host $tag_storage"))
                { Width = 8, Min = 0, Max = 100, Thresholds = Colors.Above(85, 95) }),
            new Row("Ports",
                new Panel(PanelKind.Table, "Ports", "State and use of each port as of the newest point.", "none",
                    new Query(Newest("last(\"ifOperStatus\") AS \"state\", last(\"ifAdminStatus\") AS \"wanted\", last(\"ifAlias\") AS \"alias\", last(\"ifSpeed\") AS \"speed\", last(\"in_utilization\") AS \"in %\", last(\"out_utilization\") AS \"out %\"", "interface", Host, "host", "ifName")))
                { Width = 24, Height = 10, SortBy = "in %", Thresholds = Colors.Neutral, Columns = [Links.Port, new("state") { Mappings = Colors.PortStates }, new("speed", "bps"), new("in %", "percent") { Thresholds = Colors.Above(80, 95) }, new("out %", "percent") { Thresholds = Colors.Above(80, 95) }, new("Time", "dateTimeAsIso")] },
                new Panel(PanelKind.Lines, "Busiest ports", "Use of each port's speed, the direction that is busier.", "percent",
                    new Query(Over("max(\"in_utilization\")", "interface", Host, "host", "ifName"), "$tag_host $tag_ifName in"),
                    new Query(Over("max(\"out_utilization\")", "interface", Host, "host", "ifName"), "$tag_host $tag_ifName out"))
                { Width = 24, Min = 0, Max = 100, Thresholds = Colors.Above(80, 95) }),
            new Row("Sensors and neighbours",
                new Panel(PanelKind.Lines, "Temperatures", "Every temperature that the device knows.", "celsius",
                    new Query(Mean("value", "sensor", $"{Host} AND \"class\" = 'temperature'", "host", "sensor"), "$tag_host $tag_sensor"))
                { Width = 8, Thresholds = Colors.Above(50, 60) },
                new Panel(PanelKind.Table, "Fans, supplies and other states", "What the device says of its parts; level: what that means to an operator.", "none",
                    new Query(Newest("last(\"status_level\") AS \"level\", last(\"status\") AS \"state\"", "sensor", $"{Host} AND \"class\" = 'state'", "host", "sensor")))
                { Width = 8, SortBy = "level", Thresholds = Colors.Neutral, Columns = [new("level") { Mappings = Colors.StatusLevels }, new("Time", "dateTimeAsIso")] },
                new Panel(PanelKind.Table, "Routing neighbours", "BGP peers and their states.", "none",
                    new Query(Newest("last(\"state\") AS \"state\", last(\"remote_as\") AS \"AS\", last(\"established_time\") AS \"for\"", "bgp_peer", Host, "host", "peer")))
                { Width = 8, SortBy = "state", Thresholds = Colors.Neutral, Columns = [new("for", "s"), new("Time", "dateTimeAsIso")] }),
        ]);
}
