namespace NocMonitor.Dashboards;

/// <summary>Pieces of InfluxQL that many panels share.</summary>
internal static class Influx
{
    /// <summary>The sites that were chosen. Hosts without a site belong to all of them.</summary>
    public const string Site = "\"site\" =~ /^$site$/";

    /// <summary>The hosts that were chosen: of the chosen sites, since "all hosts" is asked for as any.</summary>
    public const string Host = $"{Site} AND \"host\" =~ /^$host$/";

    /// <summary>
    /// The transition that says how each alert stands at the end of the chosen time. An alert that fires since yesterday has none in the last hours, so they are looked for in 30 days.
    /// </summary>
    public const string AlertsAsTheyStand =
        $"SELECT last(\"state\") AS \"now\", \"summary\" FROM \"alerts\" WHERE {Site} AND time > ${{__to}}ms - 30d AND time <= ${{__to}}ms GROUP BY *";

    public static Variable SiteVariable { get; } = new("site", "Site", "SHOW TAG VALUES WITH KEY = \"site\"");

    /// <param name="measurements">A name in quotes or a regular expression between slashes.</param>
    public static Variable HostVariable(string measurements) => new("host", "Host", $"SHOW TAG VALUES FROM {measurements} WITH KEY = \"host\" WHERE {Site}");

    /// <summary>The mean of a field over time, a line for each combination of tags.</summary>
    public static string Mean(string field, string measurement, string where, params string[] by) => Over($"mean(\"{field}\")", measurement, where, by);

    /// <summary>A counter's growth a second.</summary>
    public static string Rate(string field, string measurement, string where, params string[] by) =>
        Over($"non_negative_derivative(mean(\"{field}\"), 1s)", measurement, where, by);

    public static string Over(string what, string measurement, string where, params string[] by) =>
        $"SELECT {what} FROM \"{measurement}\" WHERE {where} AND $timeFilter GROUP BY time($__interval){string.Concat(by.Select(tag => $", \"{tag}\""))} fill(null)";

    /// <summary>The newest values, a row for each combination of tags.</summary>
    public static string Newest(string columns, string measurement, string where, params string[] by) =>
        $"SELECT {columns} FROM \"{measurement}\" WHERE {where} AND $timeFilter GROUP BY {string.Join(", ", by.Select(tag => $"\"{tag}\""))}";

    /// <summary>How many of the newest values of each series satisfy a condition on <c>now</c>.</summary>
    public static string CountNewest(string field, string measurement, string where, string condition, params string[] by) =>
        $"SELECT count(\"now\") FROM ({Newest($"last(\"{field}\") AS \"now\"", measurement, where, by)}) WHERE {condition}";
}
