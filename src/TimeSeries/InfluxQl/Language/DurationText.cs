namespace NocMonitor.TimeSeries.InfluxQl.Language;

/// <summary>Durations as InfluxQL writes them, such as <c>1h30m</c>, in nanoseconds.</summary>
internal static class DurationText
{
    public const long Microsecond = 1_000;
    public const long Millisecond = 1_000_000;
    public const long Second = 1_000_000_000;
    public const long Minute = 60 * Second;
    public const long Hour = 60 * Minute;
    public const long Day = 24 * Hour;
    public const long Week = 7 * Day;

    private static readonly (long Nanoseconds, string Unit)[] Units =
        [(Week, "w"), (Day, "d"), (Hour, "h"), (Minute, "m"), (Second, "s"), (Millisecond, "ms"), (Microsecond, "u")];

    /// <summary>Reads a duration; false with InfluxDB's words when it is none or does not fit.</summary>
    public static bool TryParse(string text, out long nanoseconds, out string error)
    {
        (nanoseconds, error) = (0, "invalid duration");
        var at = 0;
        while (at < text.Length)
        {
            var start = at;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                at++;
            }

            if (at == start || at == text.Length || !long.TryParse(text.AsSpan(start, at - start), out var count) || !TryUnit(text, ref at, out var unit))
            {
                return false;
            }

            nanoseconds = unchecked(nanoseconds + (count * unit.Nanoseconds));
            if (nanoseconds < 0 || (count != 0 && Math.BigMul((ulong)count, (ulong)unit.Nanoseconds) > long.MaxValue))
            {
                error = $"overflowed duration {count}{unit.Name}: choose a smaller duration or INF";
                return false;
            }
        }

        return text.Length > 1;
    }

    /// <summary>The shortest way to write a duration with one unit.</summary>
    public static string Format(long nanoseconds)
    {
        if (nanoseconds == 0)
        {
            return "0s";
        }

        foreach (var (size, unit) in Units)
        {
            if (nanoseconds % size == 0)
            {
                return $"{nanoseconds / size}{unit}";
            }
        }

        return $"{nanoseconds}ns";
    }

    private static bool TryUnit(string text, ref int at, out (long Nanoseconds, string Name) unit)
    {
        var isLong = text[at] is 'n' or 'm';
        isLong = isLong && at + 1 < text.Length && text[at + 1] == 's';
        unit = (text[at], isLong) switch
        {
            ('n', true) => (1, "ns"),
            ('u' or 'µ', _) => (Microsecond, "u"),
            ('m', true) => (Millisecond, "ms"),
            ('m', false) => (Minute, "m"),
            ('s', _) => (Second, "s"),
            ('h', _) => (Hour, "h"),
            ('d', _) => (Day, "d"),
            ('w', _) => (Week, "w"),
            _ => (0, ""),
        };
        at += isLong ? 2 : 1;
        return unit.Nanoseconds > 0;
    }
}
