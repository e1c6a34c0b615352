using System.Buffers.Text;

namespace NocMonitor.LineProtocol;

/// <summary>
/// Floats in the shortest text that reads back the same, in the form InfluxData's own writers use: an exponent of at least two digits below
/// 1e-4 and from 1e6 on.
/// </summary>
internal static class FloatText
{
    public const int Longest = 32;

    private const int MostWholeDigits = 6;

    public static int Write(double value, Span<byte> output)
    {
        Utf8Formatter.TryFormat(value, output, out var length);
        var text = output[..length];
        if (text.IndexOf((byte)'E') is var exponent and >= 0)
        {
            text[exponent] = (byte)'e';
            return length;
        }

        var start = text[0] == '-' ? 1 : 0;
        var point = text.IndexOf((byte)'.');
        var whole = (point < 0 ? length : point) - start;
        return whole <= MostWholeDigits ? length : start + MoveToExponent(output[start..], length - start, whole);
    }

    /// <summary>Makes <c>1234567.5</c> to <c>1.2345675e+06</c> in place.</summary>
    private static int MoveToExponent(Span<byte> digits, int length, int whole)
    {
        if (whole < length)
        {
            digits[(whole + 1)..length].CopyTo(digits[whole..]);
            length--;
        }

        length = digits[..length].TrimEnd((byte)'0').Length;
        if (length > 1)
        {
            digits[1..length].CopyTo(digits[2..]);
            digits[1] = (byte)'.';
            length++;
        }

        var power = whole - 1;
        digits[length++] = (byte)'e';
        digits[length++] = (byte)'+';
        digits[length++] = (byte)('0' + (power / 10));
        digits[length++] = (byte)('0' + (power % 10));
        return length;
    }
}
