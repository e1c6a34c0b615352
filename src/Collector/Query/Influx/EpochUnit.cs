namespace NocMonitor.Collector.Query.Influx;

/// <summary>How times are written: as text, or as numbers of a unit since 1970.</summary>
internal static class EpochUnit
{
    /// <summary>Nanoseconds of the unit; 0 for text. What is not known counts for nanoseconds, as InfluxDB has it.</summary>
    public static long Parse(string text) => text switch
    {
        "" => 0,
        "u" or "µ" or "us" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => 1,
    };
}
