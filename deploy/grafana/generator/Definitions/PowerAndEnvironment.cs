using static NocMonitor.Dashboards.Influx;

namespace NocMonitor.Dashboards.Definitions;

/// <summary>Uninterruptible supplies and everything that measures temperature, humidity or power.</summary>
internal static class PowerAndEnvironment
{
    public static Dashboard Dashboard { get; } = new(
        "nocmonitor-power", "UPS and environment", "Batteries, load, temperatures, humidity and power.",
        [SiteVariable, HostVariable("/^(ups|sensor)$/")],
        [
            new Row("Supplies",
                new Panel(PanelKind.Table, "Supplies", "Where each supply takes its power from, and how long it would last.", "none",
                    new Query(Newest("last(\"output_source\") AS \"source\", last(\"battery_status\") AS \"battery\", last(\"charge_percent\") AS \"charge\", last(\"minutes_remaining\") AS \"minutes\", last(\"load_percent\") AS \"load\"", "ups", Host, "host")))
                { Width = 24, Height = 6, SortBy = "load", Thresholds = Colors.Neutral, Columns = [new("charge", "percent") { Thresholds = Colors.Below(40, 60) }, new("minutes", "m") { Thresholds = Colors.Below(10, 20) }, new("load", "percent") { Thresholds = Colors.Above(80, 95) }, new("Time", "dateTimeAsIso")] },
                new Panel(PanelKind.Lines, "Charge", "Charge of the batteries.", "percent", new Query(Mean("charge_percent", "ups", Host, "host"), "$tag_host"))
                { Width = 8, Min = 0, Max = 100, Thresholds = Colors.Below(40, 60) },
                new Panel(PanelKind.Lines, "Time left", "How long the batteries would last at the present load.", "m", new Query(Mean("minutes_remaining", "ups", Host, "host"), "$tag_host"))
                { Width = 8, Min = 0, Thresholds = Colors.Below(10, 20) },
                new Panel(PanelKind.Lines, "Load", "Share of what the supply can give.", "percent", new Query(Mean("load_percent", "ups", Host, "host"), "$tag_host"))
                { Width = 8, Min = 0, Max = 100, Thresholds = Colors.Above(80, 95) }),
            new Row("Environment",
                new Panel(PanelKind.Lines, "Temperatures", "Every temperature of the chosen devices.", "celsius",
                    new Query(Mean("value", "sensor", $"{Host} AND \"class\" = 'temperature'", "host", "sensor"), "$tag_host $tag_sensor"))
                { Thresholds = Colors.Above(50, 60) },
                new Panel(PanelKind.Lines, "Humidity", "Relative humidity.", "humidity",
                    new Query(Mean("value", "sensor", $"{Host} AND \"class\" = 'humidity'", "host", "sensor"), "$tag_host $tag_sensor"))
                { Min = 0, Max = 100, Thresholds = Colors.Above(60, 80) },
                new Panel(PanelKind.Lines, "Power", "Power drawn.", "watt",
                    new Query(Mean("value", "sensor", $"{Host} AND \"class\" = 'power'", "host", "sensor"), "$tag_host $tag_sensor"))
                { Min = 0, Thresholds = Colors.Neutral },
                new Panel(PanelKind.Lines, "Fans", "Speed of the fans.", "rotrpm",
                    new Query(Mean("value", "sensor", $"{Host} AND \"class\" = 'fanspeed'", "host", "sensor"), "$tag_host $tag_sensor"))
                { Min = 0, Thresholds = Colors.Neutral }),
        ]);
}
