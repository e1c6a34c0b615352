using System.Globalization;

namespace NocMonitor.TimeSeries.InfluxQl.Language;

/// <summary>Times as InfluxQL and its answers write them, in nanoseconds since 1970-01-01 UTC.</summary>
internal static class TimeText
{
    /// <summary>InfluxDB's bounds of time: what "since ever" and "for ever" mean.</summary>
    public const long Min = long.MinValue + 2;

    public const long Max = long.MaxValue - 1;

    private const long TicksPerSecond = 10_000_000;
    private static readonly string[] Formats = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd"];

    /// <summary>Whether a text begins like a date, so that it is one beside a time.</summary>
    public static bool LooksLikeTime(string text) =>
        text.Length >= 10 && text[4] == '-' && text[7] == '-' && Digits(text, 0, 4) && Digits(text, 5, 2) && Digits(text, 8, 2);

    /// <summary>
    /// Reads a date, or date and time with a space or a T between, up to nine digits of a second, and an offset or Z; without one the time is that of the zone.
    /// </summary>
    public static bool TryParse(string text, TimeZoneInfo? zone, out long nanoseconds)
    {
        nanoseconds = 0;
        if (!LooksLikeTime(text))
        {
            return false;
        }

        var body = text.AsSpan();
        TimeSpan? offset = zone is null ? TimeSpan.Zero : null;
        if (body.Length > 10 && !TrySplitOffset(ref body, ref offset))
        {
            return false;
        }

        long fraction = 0;
        if (body.IndexOf('.') is var dot and > 0 && !TrySplitFraction(ref body, dot, out fraction))
        {
            return false;
        }

        if (!DateTime.TryParseExact(body, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return false;
        }

        offset ??= OffsetAt(zone!, local);
        var ticks = local.Ticks - offset.Value.Ticks - DateTime.UnixEpoch.Ticks;
        if (Math.Abs(ticks) > (long.MaxValue / 100) - TicksPerSecond)
        {
            return false;
        }

        nanoseconds = (ticks * 100) + fraction;
        return true;
    }

    /// <summary>RFC 3339 in UTC, with as many digits of a second as there are.</summary>
    public static string Format(long nanoseconds) => Format(nanoseconds, null);

    /// <summary>RFC 3339 in a zone, with as many digits of a second as there are.</summary>
    public static string Format(long nanoseconds, TimeZoneInfo? zone)
    {
        var seconds = Math.DivRem(nanoseconds, DurationText.Second, out var fraction);
        if (fraction < 0)
        {
            (seconds, fraction) = (seconds - 1, fraction + DurationText.Second);
        }

        var utc = DateTime.UnixEpoch.AddTicks(seconds * TicksPerSecond);
        var offset = zone?.GetUtcOffset(utc) ?? TimeSpan.Zero;
        var digits = fraction == 0 ? "" : "." + fraction.ToString("000000000", CultureInfo.InvariantCulture).TrimEnd('0');
        var suffix = offset == TimeSpan.Zero ? "Z" : string.Create(CultureInfo.InvariantCulture, $"{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}");
        return (utc + offset).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + digits + suffix;
    }

    private static bool Digits(string text, int start, int count) => text.AsSpan(start, count).IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool TrySplitOffset(ref ReadOnlySpan<char> body, ref TimeSpan? offset)
    {
        if (body[^1] is 'Z' or 'z')
        {
            body = body[..^1];
            offset = TimeSpan.Zero;
            return true;
        }

        var sign = body[10..].LastIndexOfAny('+', '-');
        if (sign < 0)
        {
            return true;
        }

        sign += 10;
        var isOffset = TimeSpan.TryParseExact(body[(sign + 1)..], "hh\\:mm", CultureInfo.InvariantCulture, out var size);
        offset = body[sign] == '-' ? -size : size;
        body = body[..sign];
        return isOffset;
    }

    private static bool TrySplitFraction(ref ReadOnlySpan<char> body, int dot, out long fraction)
    {
        var digits = body[(dot + 1)..];
        body = body[..dot];
        fraction = 0;
        if (digits.Length is 0 or > 9 || digits.IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            return false;
        }

        fraction = long.Parse(digits, CultureInfo.InvariantCulture) * (long)Math.Pow(10, 9 - digits.Length);
        return true;
    }

    /// <summary>A time that a zone skips counts as if the clocks had not been turned yet.</summary>
    private static TimeSpan OffsetAt(TimeZoneInfo zone, DateTime local) =>
        zone.IsInvalidTime(local) ? zone.GetUtcOffset(local.AddHours(-1)) : zone.GetUtcOffset(local);
}
