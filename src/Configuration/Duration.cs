using System.Buffers;
using System.Globalization;
using System.Text;

namespace NocMonitor.Configuration;

/// <summary>Durations as configuration and the condition language write them: <c>250ms</c>, <c>10s</c>, <c>5m</c>, <c>1h30m</c>, <c>30d</c>, <c>2w</c>.</summary>
public static class Duration
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    private static readonly (string Suffix, long Ticks)[] Units =
    [
        ("w", 7 * TimeSpan.TicksPerDay),
        ("d", TimeSpan.TicksPerDay),
        ("h", TimeSpan.TicksPerHour),
        ("ms", TimeSpan.TicksPerMillisecond),
        ("m", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond),
    ];

    /// <summary>Reads one or more number-unit pairs without spaces. A bare <c>0</c> is zero; any other bare number is refused, its unit being a guess.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan value)
    {
        value = default;
        if (text is "0")
        {
            return true;
        }

        decimal ticks = 0;
        var rest = text;
        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            if (digits <= 0 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }

            rest = rest[digits..];
            var unit = UnitAt(rest);
            if (unit < 0 || number > long.MaxValue / Units[unit].Ticks)
            {
                return false;
            }

            ticks += number * Units[unit].Ticks;
            rest = rest[Units[unit].Suffix.Length..];
        }

        if (text.Length == 0 || ticks > long.MaxValue)
        {
            return false;
        }

        value = new TimeSpan((long)ticks);
        return true;
    }

    /// <summary>The shortest text that <see cref="TryParse"/> reads back to the same whole milliseconds.</summary>
    public static string Format(TimeSpan value)
    {
        if (value == TimeSpan.Zero)
        {
            return "0s";
        }

        var text = new StringBuilder();
        var rest = value.Ticks - (value.Ticks % TimeSpan.TicksPerMillisecond);
        ReadOnlySpan<(string Suffix, long Ticks)> descending = [Units[1], Units[2], Units[4], Units[5], Units[3]];
        foreach (var (suffix, ticks) in descending)
        {
            if (rest / ticks is var count and > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{count}{suffix}");
                rest -= count * ticks;
            }
        }

        return text.Length == 0 ? "0s" : text.ToString();
    }

    private static int UnitAt(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < Units.Length; i++)
        {
            // "m" stands after "ms" in the table, so that 5ms never reads as five minutes and a stray s.
            if (text.StartsWith(Units[i].Suffix, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
