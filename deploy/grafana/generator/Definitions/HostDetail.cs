using static NocMonitor.Dashboards.Influx;

namespace NocMonitor.Dashboards.Definitions;

/// <summary>One host or a few, Linux and Windows alike: what only one of them has stays empty for the other.</summary>
internal static class HostDetail
{
    public static Dashboard Dashboard { get; } = new(
        "nocmonitor-host", "Host", "CPU, memory, disks, network, processes and services of hosts with an agent, Linux and Windows.",
        [SiteVariable, HostVariable("\"system\"") with { StartsWithAll = false }],
        [
            new Row("Now",
                new Panel(PanelKind.Number, "Up for", "Time since the host started.", "s", new Query(Newest("last(\"uptime\")", "system", Host, "host"), "$tag_host"))
                { Width = 6, Height = 4, Thresholds = [new(null, Colors.Warning), new(600, Colors.Good)] },
                new Panel(PanelKind.Number, "CPU", "Use of all processors.", "percent", new Query(Newest("last(\"usage_active\")", "cpu", $"{Host} AND \"cpu\" = 'cpu-total'", "host"), "$tag_host"))
                { Width = 6, Height = 4, Thresholds = Colors.Above(90, 97) },
                new Panel(PanelKind.Number, "Memory", "Memory that programs cannot have any more.", "percent", new Query(Newest("last(\"used_percent\")", "mem", Host, "host"), "$tag_host"))
                { Width = 6, Height = 4, Thresholds = Colors.Above(90, 97) },
                new Panel(PanelKind.Number, "Fullest disk", "The fullest file system.", "percent",
                    new Query($"SELECT max(\"now\") FROM ({Newest("last(\"used_percent\") AS \"now\"", "disk", Host, "host", "path")}) GROUP BY \"host\"", "$tag_host"))
                { Width = 6, Height = 4, Thresholds = Colors.Above(85, 95) }),
            new Row("CPU and memory",
                new Panel(PanelKind.Lines, "CPU", "What the processors did.", "percent",
                    new Query(Mean("usage_user", "cpu", $"{Host} AND \"cpu\" = 'cpu-total'", "host"), "$tag_host user"),
                    new Query(Mean("usage_system", "cpu", $"{Host} AND \"cpu\" = 'cpu-total'", "host"), "$tag_host system"),
                    new Query(Mean("usage_iowait", "cpu", $"{Host} AND \"cpu\" = 'cpu-total'", "host"), "$tag_host waiting for disks"),
                    new Query(Mean("usage_steal", "cpu", $"{Host} AND \"cpu\" = 'cpu-total'", "host"), "$tag_host taken by other guests"))
                { Min = 0, Stacked = true, Thresholds = Colors.Neutral },
                new Panel(PanelKind.Lines, "Load and processor queue", "Runnable and waiting processes: the load of one minute on Linux, the processor queue on Windows.", "none",
                    new Query(Mean("load1", "system", Host, "host"), "$tag_host load"),
                    new Query(Mean("processor_queue_length", "system", Host, "host"), "$tag_host queue"),
                    new Query(Mean("n_cpus", "system", Host, "host"), "$tag_host processors"))
                { Min = 0, Thresholds = Colors.Neutral },
                new Panel(PanelKind.Lines, "Memory", "Where the memory is.", "bytes",
                    new Query(Mean("used", "mem", Host, "host"), "$tag_host used"),
                    new Query(Mean("cached", "mem", Host, "host"), "$tag_host cached"),
                    new Query(Mean("total", "mem", Host, "host"), "$tag_host total"))
                { Min = 0, Thresholds = Colors.Neutral },
                new Panel(PanelKind.Lines, "Swap", "Swap or page file in use, and pages that move.", "bytes",
                    new Query(Mean("used", "swap", Host, "host"), "$tag_host used"),
                    new Query(Rate("in", "swap", Host, "host"), "$tag_host in per second"),
                    new Query(Rate("out", "swap", Host, "host"), "$tag_host out per second"))
                { Min = 0, Thresholds = Colors.Neutral }),
            new Row("Disks",
                new Panel(PanelKind.Lines, "Space", "Use of each file system.", "percent", new Query(Mean("used_percent", "disk", Host, "host", "path"), "$tag_host $tag_path"))
                { Min = 0, Max = 100, Thresholds = Colors.Above(85, 95) },
                new Panel(PanelKind.Table, "File systems", "Space and inodes as of the newest point.", "bytes",
                    new Query(Newest("last(\"used_percent\") AS \"used %\", last(\"free\") AS \"free\", last(\"total\") AS \"total\", last(\"inodes_used_percent\") AS \"inodes %\"", "disk", Host, "host", "path", "fstype")))
                { SortBy = "used %", Thresholds = Colors.Neutral, Columns = [new("used %", "percent") { Thresholds = Colors.Above(85, 95) }, new("inodes %", "percent") { Thresholds = Colors.Above(85, 95) }, new("Time", "dateTimeAsIso")] },
                new Panel(PanelKind.Lines, "Throughput", "Bytes read and written.", "Bps",
                    new Query(Rate("read_bytes", "diskio", Host, "host", "name"), "$tag_host $tag_name read"),
                    new Query(Rate("write_bytes", "diskio", Host, "host", "name"), "$tag_host $tag_name written"))
                { Min = 0, Thresholds = Colors.Neutral },
                new Panel(PanelKind.Lines, "Latency", "How long a request takes, waiting included.", "ms",
                    new Query(Mean("io_await", "diskio", Host, "host", "name"), "$tag_host $tag_name"))
                { Min = 0, Thresholds = Colors.Above(20, 100) }),
            new Row("Network",
                new Panel(PanelKind.Lines, "Traffic", "Bits received and sent by each interface.", "bps",
                    new Query(Over("non_negative_derivative(mean(\"bytes_recv\"), 1s) * 8", "net", $"{Host} AND \"interface\" != 'all'", "host", "interface"), "$tag_host $tag_interface in"),
                    new Query(Over("non_negative_derivative(mean(\"bytes_sent\"), 1s) * 8", "net", $"{Host} AND \"interface\" != 'all'", "host", "interface"), "$tag_host $tag_interface out"))
                { Min = 0, Thresholds = Colors.Neutral },
                new Panel(PanelKind.Lines, "Errors and drops", "Packets that were broken or thrown away.", "pps",
                    new Query(Rate("err_in", "net", Host, "host", "interface"), "$tag_host $tag_interface errors in"),
                    new Query(Rate("err_out", "net", Host, "host", "interface"), "$tag_host $tag_interface errors out"),
                    new Query(Rate("drop_in", "net", Host, "host", "interface"), "$tag_host $tag_interface drops in"))
                { Min = 0, Thresholds = Colors.Neutral }),
            new Row("Processes and services",
                new Panel(PanelKind.Lines, "Processes", "Processes by state.", "none",
                    new Query(Mean("total", "processes", Host, "host"), "$tag_host all"),
                    new Query(Mean("running", "processes", Host, "host"), "$tag_host running"),
                    new Query(Mean("blocked", "processes", Host, "host"), "$tag_host blocked"))
                { Width = 8, Min = 0, Thresholds = Colors.Neutral },
                new Panel(PanelKind.Table, "systemd units", "State of the watched units.", "none",
                    new Query(Newest("last(\"result_code\") AS \"result\", last(\"active\") AS \"state\", last(\"restarts\") AS \"restarts\", last(\"mem_current\") AS \"memory\"", "systemd_units", Host, "host", "name")))
                { Width = 8, SortBy = "result", Thresholds = Colors.Neutral, Columns = [new("result") { Mappings = Colors.ResultCodes }, new("memory", "bytes"), new("Time", "dateTimeAsIso")] },
                new Panel(PanelKind.Table, "Windows services", "State of the watched services.", "none",
                    new Query(Newest("last(\"result_code\") AS \"result\", last(\"state\") AS \"state\", last(\"startup_mode\") AS \"start\"", "win_services", Host, "host", "service_name")))
                { Width = 8, SortBy = "result", Thresholds = Colors.Neutral, Columns = [new("result") { Mappings = Colors.ResultCodes }, new("state") { Mappings = Colors.WindowsServiceStates }, new("Time", "dateTimeAsIso")] }),
        ]);
}
