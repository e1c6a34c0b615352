using System.Globalization;
using NocMonitor.LineProtocol;
using NocMonitor.Probes.Snmp.Profiles;

namespace NocMonitor.Probes.Snmp.Polling;

/// <summary>Values as numbers, and the scaling of numbers.</summary>
internal static class ValueNumbers
{
    /// <summary>The number; of a text the number it begins with; NaN when there is none.</summary>
    public static double Of(FieldValue value) => value.Kind == FieldKind.String ? Leading(value.Text) : value.AsDouble();

    /// <summary>The number at the beginning of a text, as in <c>23.5 C</c>; NaN when there is none.</summary>
    public static double Leading(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        var end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.' || (end == 0 && text[end] is '-' or '+')))
        {
            end++;
        }

        // An exponent counts only when it is whole.
        var tail = end < text.Length && text[end] is 'e' or 'E' ? end + 1 : end;
        tail += tail > end && tail < text.Length && text[tail] is '-' or '+' ? 1 : 0;
        var digits = tail;
        while (digits > end && digits < text.Length && char.IsAsciiDigit(text[digits]))
        {
            digits++;
        }

        var used = digits > tail ? digits : end;
        return double.TryParse(text[..used].TrimEnd('.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
    }

    /// <summary>The number times the factor. A factor that is one of so many (0.1, 0.001) divides, which is exact where 0.1 is not: 234 gives 23.4 and no more digits.</summary>
    public static double Scale(double number, double factor)
    {
        var parts = 1 / factor;
        var whole = Math.Round(parts);
        return Math.Abs(factor) < 1 && Math.Abs(parts - whole) < 1e-9 * Math.Abs(whole) ? number / whole : number * factor;
    }

    /// <summary>One step of scaling; false when the cell says nothing usable.</summary>
    public static bool TryScale(ScaleStep step, double cell, ref double number)
    {
        if (step.Mapping.Count > 0)
        {
            cell = double.IsInteger(cell) && step.Mapping.TryGetValue((long)cell, out var mapped) ? mapped : double.NaN;
        }

        number = step.Kind switch
        {
            ScaleKind.Multiplier => number * cell,
            ScaleKind.Divisor => number / cell,

            // Dividing by a power that is exact keeps more of the number than multiplying by one that is not.
            ScaleKind.Exponent => cell < 0 ? number / Math.Pow(10, -cell) : number * Math.Pow(10, cell),
            _ => cell < 0 ? number * Math.Pow(10, -cell) : number / Math.Pow(10, cell),
        };
        return double.IsFinite(number);
    }
}
