namespace NocMonitor.Dashboards;

/// <summary>The same colours everywhere: green is good, yellow is looked at today, red now.</summary>
internal static class Colors
{
    public const string Good = "green";
    public const string Warning = "yellow";
    public const string Critical = "red";
    public const string Unknown = "#808080";

    /// <summary>Higher is worse.</summary>
    public static IReadOnlyList<Step> Above(double warning, double critical) => [new(null, Good), new(warning, Warning), new(critical, Critical)];

    /// <summary>Lower is worse.</summary>
    public static IReadOnlyList<Step> Below(double critical, double warning) => [new(null, Critical), new(critical, Warning), new(warning, Good)];

    /// <summary>Anything above nothing is bad.</summary>
    public static IReadOnlyList<Step> AnyIsCritical { get; } = [new(null, Good), new(1, Critical)];

    public static IReadOnlyList<Step> AnyIsWarning { get; } = [new(null, Good), new(1, Warning)];

    /// <summary>A figure that says nothing about good or bad.</summary>
    public static IReadOnlyList<Step> Neutral { get; } = [new(null, "blue")];

    public static IReadOnlyList<Mapping> Severities { get; } = [new("warning", "warning", Warning), new("critical", "critical", Critical)];

    /// <summary>States of ports and of routing neighbours. "down" of a port that is meant to be down stays plain in the column beside it.</summary>
    public static IReadOnlyList<Mapping> PortStates { get; } = [new("up", "up", Good), new("down", "down", Critical), new("lowerLayerDown", "lower layer down", Critical)];

    /// <summary>States of Windows services, as the system counts them.</summary>
    public static IReadOnlyList<Mapping> WindowsServiceStates { get; } =
    [
        new("1", "stopped", Critical), new("2", "starting", Warning), new("3", "stopping", Warning), new("4", "running", Good), new("5", "continuing", Warning),
        new("6", "pausing", Warning), new("7", "paused", Warning),
    ];

    /// <summary>Levels of a device's own states.</summary>
    public static IReadOnlyList<Mapping> StatusLevels { get; } = [new("0", "good", Good), new("1", "today", Warning), new("2", "now", Critical), new("3", "unknown", Unknown)];

    /// <summary>The agent's result codes.</summary>
    public static IReadOnlyList<Mapping> ResultCodes { get; } =
    [
        new("0", "ok", Good), new("1", "no connection", Critical), new("2", "no answer in time", Critical), new("3", "name not resolved", Critical),
        new("4", "not as expected", Critical), new("5", "TLS", Critical), new("6", "could not ask", Unknown),
    ];
}
