using System.Globalization;

namespace NocMonitor.Probes.Exec;

/// <summary>
/// Numbers as plugins print them: sign, digits, point, exponent, and what a locale adds to them. A single comma is a decimal comma; where commas or
/// points stand several times, or both stand together, the last kind is the decimal one and the other groups digits.
/// </summary>
internal static class PerformanceNumber
{
    private const int Longest = 64;

    /// <summary>How many characters of the text's start look like a number; 0 when none do.</summary>
    public static int Length(ReadOnlySpan<char> text)
    {
        var i = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        var digits = false;
        for (; i < text.Length && (char.IsAsciiDigit(text[i]) || IsMark(text, i)); i++)
        {
            digits |= char.IsAsciiDigit(text[i]);
        }

        return digits ? i + ExponentLength(text[i..]) : 0;
    }

    /// <summary>Reads a text that is a number as a whole. Never infinite, never NaN.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        if (text.Length is 0 or > Longest || Length(text) != text.Length)
        {
            return false;
        }

        Span<char> plain = stackalloc char[Longest];
        var length = Normalize(text, plain);
        return double.TryParse(plain[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    /// <summary>A point may end a number, a comma may not: there it separates.</summary>
    private static bool IsMark(ReadOnlySpan<char> text, int i) =>
        text[i] is '.' or ','
        && ((i + 1 < text.Length && char.IsAsciiDigit(text[i + 1])) || (text[i] == '.' && i > 0 && char.IsAsciiDigit(text[i - 1])));

    private static int ExponentLength(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] is not ('e' or 'E'))
        {
            return 0;
        }

        var sign = text[1] is '+' or '-' ? 1 : 0;
        var digits = text[(1 + sign)..].IndexOfAnyExceptInRange('0', '9');
        digits = digits < 0 ? text.Length - 1 - sign : digits;
        return digits == 0 ? 0 : 1 + sign + digits;
    }

    private static int Normalize(ReadOnlySpan<char> text, Span<char> plain)
    {
        var mark = text.LastIndexOfAny('.', ',');
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('.' or ','))
            {
                plain[length++] = text[i];
            }
            else if (i == mark && text.Count(text[mark]) == 1)
            {
                plain[length++] = '.';
            }
        }

        return length;
    }
}
