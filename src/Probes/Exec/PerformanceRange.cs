using System.Globalization;

namespace NocMonitor.Probes.Exec;

/// <summary>
/// A threshold range of a Nagios plugin, <c>[@][start:]end</c>: a value outside start to end alerts, with <c>@</c> one inside; both ends belong to the
/// range. <c>~</c> is minus infinity, an absent start is 0, an absent end is infinity. No value is inside a range whose start is above its end: plugins
/// print such ones (<c>0:-5</c>) and alert on every value.
/// </summary>
internal readonly record struct PerformanceRange(double Start, double End, bool AlertsInside)
{
    /// <param name="unit">The unit of the value, which some plugins repeat behind each number.</param>
    public static bool TryParse(ReadOnlySpan<char> text, ReadOnlySpan<char> unit, out PerformanceRange range)
    {
        range = default;
        text = text.Trim();
        var inside = text.StartsWith('@');
        if (inside)
        {
            text = text[1..];
        }

        var colon = text.IndexOf(':');
        var start = 0.0;
        var end = double.PositiveInfinity;
        if (colon >= 0 && !TryStart(text[..colon], unit, out start))
        {
            return false;
        }

        var last = text[(colon + 1)..];
        if ((last.IsEmpty && colon < 0) || (!last.IsEmpty && !TryNumber(last, unit, out end)))
        {
            return false;
        }

        range = new PerformanceRange(start, end, inside);
        return true;
    }

    /// <summary>True when the value is one the range warns of. A value that is no number never alerts.</summary>
    public bool Alerts(double value) => !double.IsNaN(value) && AlertsInside == (value >= Start && value <= End);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(AlertsInside ? "@" : "")}{Words(Start)}:{(double.IsPositiveInfinity(End) ? "" : Words(End))}");

    private static string Words(double bound) => double.IsNegativeInfinity(bound) ? "~" : bound.ToString(CultureInfo.InvariantCulture);

    private static bool TryStart(ReadOnlySpan<char> text, ReadOnlySpan<char> unit, out double start)
    {
        start = text is "~" ? double.NegativeInfinity : 0;
        return text is "~" or "" || TryNumber(text, unit, out start);
    }

    private static bool TryNumber(ReadOnlySpan<char> text, ReadOnlySpan<char> unit, out double value) =>
        PerformanceNumber.TryParse(unit.Length > 0 && text.EndsWith(unit, StringComparison.Ordinal) ? text[..^unit.Length] : text, out value);
}
