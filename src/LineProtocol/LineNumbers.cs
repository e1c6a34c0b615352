using System.Globalization;

namespace NocMonitor.LineProtocol;

/// <summary>
/// Numbers as line protocol writes them: decimal floats with optional exponent, integers with <c>i</c>, unsigned integers with <c>u</c>. The
/// fast path is exact: a mantissa below 2^53 and a power of ten up to 22 are both whole doubles, so one division rounds once.
/// </summary>
internal static class LineNumbers
{
    private const int ExactDigits = 15;
    private const int LongDigits = 18;

    /// <summary>So many digits always fit 64 bits without a sign.</summary>
    private const int MostDigits = 19;

    private static readonly double[] PowersOfTen =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>Reads the number that starts here. Gives its length, whether it is good or not.</summary>
    public static int Read(ReadOnlySpan<byte> text, out FieldKind kind, out long bits, out LineFault fault)
    {
        var negative = text[0] == '-';
        var start = negative ? 1 : 0;
        var position = start;
        var mantissa = Digits(text, ref position, 0);
        var digits = position - start;
        var fraction = 0;
        if ((uint)position < (uint)text.Length && text[position] == '.')
        {
            position++;
            var first = position;
            mantissa = Digits(text, ref position, mantissa);
            fraction = position - first;
        }

        fault = LineFault.None;
        if (digits + fraction is > 0 and <= ExactDigits && EndsAt(text, position))
        {
            kind = FieldKind.Float;
            var value = fraction == 0 ? mantissa : mantissa / PowersOfTen[fraction];
            bits = BitConverter.DoubleToInt64Bits(negative ? -value : value);
            return position;
        }

        if (digits is > 0 and <= LongDigits && position == start + digits && position < text.Length && text[position] == 'i' && EndsAt(text, position + 1))
        {
            kind = FieldKind.Integer;
            bits = negative ? -(long)mantissa : (long)mantissa;
            return position + 1;
        }

        var length = LineTokens.EndOfValue(text, 0);
        fault = ReadSlowly(text[..length], out kind, out bits);
        return length;
    }

    /// <summary>Reads a timestamp, digits with an optional minus, that counts in <paramref name="unit"/> nanoseconds.</summary>
    public static bool TryReadTime(ReadOnlySpan<byte> token, long unit, out long nanoseconds, out bool outOfRange)
    {
        if (!TryReadInteger(token, out var count, out outOfRange))
        {
            nanoseconds = 0;
            return false;
        }

        outOfRange = Math.BigMul(count, unit, out nanoseconds) != nanoseconds >> 63;
        return !outOfRange;
    }

    private static ulong Digits(ReadOnlySpan<byte> text, ref int position, ulong sum)
    {
        while ((uint)position < (uint)text.Length && (uint)(text[position] - '0') is var digit and <= 9)
        {
            sum = unchecked((sum * 10) + digit);
            position++;
        }

        return sum;
    }

    private static bool EndsAt(ReadOnlySpan<byte> text, int position) =>
        (uint)position >= (uint)text.Length ? position == text.Length : text[position] is (byte)',' or (byte)' ' or (byte)'\n' or (byte)'\r';

    private static LineFault ReadSlowly(ReadOnlySpan<byte> token, out FieldKind kind, out long bits)
    {
        bool outOfRange;
        switch (token[^1])
        {
            case (byte)'i':
                kind = FieldKind.Integer;
                return TryReadInteger(token[..^1], out bits, out outOfRange) ? LineFault.None : Fault(outOfRange, LineFault.IntegerInvalid);
            case (byte)'u':
                kind = FieldKind.Unsigned;
                var good = TryReadUnsigned(token[..^1], out var value, out outOfRange);
                bits = unchecked((long)value);
                return good ? LineFault.None : Fault(outOfRange, LineFault.UnsignedInvalid);
            default:
                kind = FieldKind.Float;
                return ReadFloat(token, out bits);
        }
    }

    private static LineFault Fault(bool outOfRange, LineFault invalid) => outOfRange ? LineFault.OutOfRange : invalid;

    private static bool TryReadInteger(ReadOnlySpan<byte> token, out long value, out bool outOfRange)
    {
        var negative = token is [(byte)'-', ..];
        value = 0;
        if (!TryReadUnsigned(negative ? token[1..] : token, out var size, out outOfRange))
        {
            return false;
        }

        outOfRange = size > (negative ? 1UL << 63 : long.MaxValue);
        value = unchecked(negative ? (long)(0 - size) : (long)size);
        return !outOfRange;
    }

    private static bool TryReadUnsigned(ReadOnlySpan<byte> token, out ulong value, out bool outOfRange)
    {
        outOfRange = false;
        value = 0;
        if (token.IsEmpty || token.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        if (token.Length <= MostDigits)
        {
            var position = 0;
            value = Digits(token, ref position, 0);
            return true;
        }

        outOfRange = !ulong.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        return !outOfRange;
    }

    private static LineFault ReadFloat(ReadOnlySpan<byte> token, out long bits)
    {
        bits = 0;
        if (!FloatSyntax.IsDecimal(token))
        {
            return LineFault.FloatInvalid;
        }

        var value = double.Parse(token, NumberStyles.Float, CultureInfo.InvariantCulture);
        bits = BitConverter.DoubleToInt64Bits(value);
        return double.IsFinite(value) ? LineFault.None : LineFault.OutOfRange;
    }
}
