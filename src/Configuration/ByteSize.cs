using System.Globalization;

namespace NocMonitor.Configuration;

/// <summary>Sizes as configuration and the condition language write them: <c>512</c>, <c>64KiB</c>, <c>20GB</c> (powers of 1000), <c>1.5TiB</c> (powers of 1024).</summary>
public static class ByteSize
{
    private static readonly (string Suffix, decimal Bytes)[] Units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40), ("PiB", 1L << 50),
        ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000), ("PB", 1_000_000_000_000_000),
        ("B", 1),
    ];

    public static bool TryParse(ReadOnlySpan<char> text, out long bytes)
    {
        bytes = 0;
        var factor = 1m;
        foreach (var (suffix, unit) in Units)
        {
            if (text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                factor = unit;
                text = text[..^suffix.Length].TrimEnd();
                break;
            }
        }

        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || number > long.MaxValue / factor)
        {
            return false;
        }

        bytes = (long)(number * factor);
        return true;
    }

    /// <summary>The size in the largest binary unit that divides it, as a configuration would say it.</summary>
    public static string Format(long bytes)
    {
        for (var i = 4; i >= 0; i--)
        {
            var unit = (long)Units[i].Bytes;
            if (bytes >= unit && bytes % unit == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{bytes / unit}{Units[i].Suffix}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{bytes}B");
    }
}
