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

    /// <summary>The agent's result codes.</summary>
    public static IReadOnlyList<Mapping> ResultCodes { get; } =
    [
        new("0", "ok", Good), new("1", "no connection", Critical), new("2", "no answer in time", Critical), new("3", "name not resolved", Critical),
        new("4", "not as expected", Critical), new("5", "TLS", Critical), new("6", "could not ask", Unknown),
    ];
}
