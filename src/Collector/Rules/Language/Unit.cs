namespace NocMonitor.Collector.Rules.Language;

/// <summary>What a number's suffix said it counts.</summary>
internal enum UnitKind
{
    None,
    Bytes,
    Percent,
    Seconds,
}

/// <summary>The suffixes of numbers. Sizes become bytes, times become seconds; a percent sign says only what the field counts anyway.</summary>
internal static class Unit
{
    public const string Known = "KB MB GB TB PB (powers of 1000), KiB MiB GiB TiB PiB (powers of 1024), B, %, ms, s, m, h, d, w";

    private static readonly Dictionary<string, (double Factor, UnitKind Kind)> Sizes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["B"] = (1, UnitKind.Bytes),
        ["KB"] = (1e3, UnitKind.Bytes),
        ["MB"] = (1e6, UnitKind.Bytes),
        ["GB"] = (1e9, UnitKind.Bytes),
        ["TB"] = (1e12, UnitKind.Bytes),
        ["PB"] = (1e15, UnitKind.Bytes),
        ["KiB"] = (1L << 10, UnitKind.Bytes),
        ["MiB"] = (1L << 20, UnitKind.Bytes),
        ["GiB"] = (1L << 30, UnitKind.Bytes),
        ["TiB"] = (1L << 40, UnitKind.Bytes),
        ["PiB"] = (1L << 50, UnitKind.Bytes),
    };

    private static readonly Dictionary<string, (double Factor, UnitKind Kind)> Others = new(StringComparer.Ordinal)
    {
        ["%"] = (1, UnitKind.Percent),
        ["ms"] = (0.001, UnitKind.Seconds),
        ["s"] = (1, UnitKind.Seconds),
        ["m"] = (60, UnitKind.Seconds),
        ["h"] = (3600, UnitKind.Seconds),
        ["d"] = (86400, UnitKind.Seconds),
        ["w"] = (7 * 86400, UnitKind.Seconds),
    };

    public static bool TryFind(string suffix, out double factor, out UnitKind kind)
    {
        var found = Others.TryGetValue(suffix, out var unit) || Sizes.TryGetValue(suffix, out unit);
        (factor, kind) = unit;
        return found;
    }
}
