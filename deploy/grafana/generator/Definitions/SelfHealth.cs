using static NocMonitor.Dashboards.Influx;

namespace NocMonitor.Dashboards.Definitions;

/// <summary>Whether the monitoring itself is well.</summary>
internal static class SelfHealth
{
    public static Dashboard Dashboard { get; } = new(
        "nocmonitor-self", "Agents and collector", "Whether points arrive, rules keep up, notifications leave and agents are well.",
        [SiteVariable],
        [
            new Row("Collector",
                new Panel(PanelKind.Lines, "Lines", "Line protocol stored and refused.", "ops",
                    new Query(Rate("lines", "collector", Site, "host"), "$tag_host stored"), new Query(Rate("rejected_lines", "collector", Site, "host"), "$tag_host refused"))
                { Width = 8, Min = 0, Thresholds = Colors.Neutral },
                new Panel(PanelKind.Lines, "Lag", "How long rules have been behind, and the age of the oldest notification that waits.", "s",
                    new Query(Over("max(\"rule_lag\")", "collector", Site, "host"), "$tag_host rules"), new Query(Over("max(\"outbox_age\")", "collector", Site, "host"), "$tag_host notifications"))
                { Width = 8, Min = 0, Thresholds = Colors.Above(30, 120) },
                new Panel(PanelKind.Lines, "Memory", "Memory that the collector holds.", "bytes", new Query(Mean("resident_bytes", "collector", Site, "host"), "$tag_host"))
                { Width = 4, Min = 0, Thresholds = Colors.Neutral },
                new Panel(PanelKind.Lines, "Series", "Series that the collector knows.", "short", new Query(Mean("series", "collector", Site, "host"), "$tag_host"))
                { Width = 4, Min = 0, Thresholds = Colors.Neutral },
                new Panel(PanelKind.Table, "Receivers", "What waits for each receiver, and what was delivered, failed or given up.", "none",
                    new Query(Newest("last(\"pending\") AS \"waiting\", last(\"age\") AS \"oldest\", last(\"delivered\") AS \"delivered\", last(\"failed\") AS \"failed\", last(\"dead\") AS \"dead\"", "collector_receiver", Site, "receiver")))
                { SortBy = "waiting", Thresholds = Colors.Neutral, Columns = [new("oldest", "s"), new("Time", "dateTimeAsIso")] },
                new Panel(PanelKind.Table, "Forwarders", "How far each remote store is behind, and what it refused.", "none",
                    new Query(Newest("last(\"behind\") AS \"batches\", last(\"lag\") AS \"lag\", last(\"sent_lines\") AS \"sent\", last(\"rejected_lines\") AS \"refused\", last(\"lost_batches\") AS \"lost\"", "collector_forwarder", Site, "forwarder")))
                { SortBy = "lag", Thresholds = Colors.Neutral, Columns = [new("lag", "s"), new("Time", "dateTimeAsIso")] }),
            new Row("Agents",
                new Panel(PanelKind.Table, "Agents", "Version, memory and what waits in the spool.", "none",
                    new Query(Newest("last(\"version\") AS \"version\", last(\"uptime\") AS \"up\", last(\"rss\") AS \"memory\", last(\"spool_bytes\") AS \"spool\", last(\"spool_age_s\") AS \"oldest\"", "agent", Site, "agent")))
                { Width = 24, Height = 7, SortBy = "oldest", Thresholds = Colors.Neutral, Columns = [new("up", "s"), new("memory", "bytes"), new("spool", "bytes"), new("oldest", "s"), new("Time", "dateTimeAsIso")] },
                new Panel(PanelKind.Lines, "Spool", "Age of the oldest point that an agent could not deliver yet.", "s", new Query(Over("max(\"spool_age_s\")", "agent", Site, "agent"), "$tag_agent"))
                { Width = 8, Min = 0, Thresholds = Colors.Above(120, 900) },
                new Panel(PanelKind.Lines, "Clock", "How far agents' clocks are from the collector's.", "ms", new Query(Mean("clock_offset_ms", "agent", Site, "agent"), "$tag_agent"))
                { Width = 8, Thresholds = Colors.Neutral },
                new Panel(PanelKind.Lines, "CPU", "Use of one processor by the agents themselves.", "percent", new Query(Mean("cpu_percent", "agent", Site, "agent"), "$tag_agent"))
                { Width = 8, Min = 0, Thresholds = Colors.Neutral },
                new Panel(PanelKind.Lines, "Trouble", "Probes that ran over, timed out or failed, and points that were dropped or refused.", "none",
                    new Query(Over("non_negative_difference(last(\"probe_overruns\"))", "agent", Site, "agent"), "$tag_agent overruns"),
                    new Query(Over("non_negative_difference(last(\"probe_timeouts\"))", "agent", Site, "agent"), "$tag_agent timeouts"),
                    new Query(Over("non_negative_difference(last(\"dropped\"))", "agent", Site, "agent"), "$tag_agent dropped"),
                    new Query(Over("non_negative_difference(last(\"refused\"))", "agent", Site, "agent"), "$tag_agent refused"))
                { Width = 24, Min = 0, Thresholds = Colors.Neutral }),
        ]);
}
