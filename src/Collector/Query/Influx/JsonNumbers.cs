using System.Globalization;

namespace NocMonitor.Collector.Query.Influx;

/// <summary>
/// Numbers as JSON text: the very bytes that <c>TryFormat</c> of the invariant culture writes, in a third of its time. Each gives how many bytes it wrote.
/// </summary>
internal static class JsonNumbers
{
    /// <summary>Room for the longest number: a sign, 17 digits, a point and an exponent.</summary>
    public const int MostBytes = 32;

    private const int FractionBits = 52;
    private const int ExponentBias = 1023 + FractionBits;

    /// <summary>Up to here a whole number is exact, and written without an exponent.</summary>
    private const double MostWhole = 1L << 53;

    /// <summary>The two digits of each number below 100.</summary>
    private static ReadOnlySpan<byte> Pairs =>
        "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"u8
        + "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"u8;

    private static ReadOnlySpan<ulong> PowersOfTen =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000,
        100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
    ];

    public static int Write(double value, Span<byte> into)
    {
        var whole = (long)value;
        if (whole == value && Math.Abs(value) < MostWhole && (whole != 0 || !double.IsNegative(value)))
        {
            return Write(whole, into);
        }

        if (!TryShorten(Math.Abs(value), out var digits, out var decimals))
        {
            return value.TryFormat(into, out var written, default, CultureInfo.InvariantCulture) ? written : throw new InvalidOperationException("a number is longer than any number");
        }

        var at = 0;
        if (double.IsNegative(value))
        {
            into[at++] = (byte)'-';
        }

        var (before, after) = Math.DivRem(digits, PowersOfTen[decimals]);
        at += Write(before, into[at..]);
        into[at++] = (byte)'.';
        WriteDigits(after, into.Slice(at, decimals));
        return at + decimals;
    }

    public static int Write(long value, Span<byte> into)
    {
        if (value >= 0)
        {
            return Write((ulong)value, into);
        }

        into[0] = (byte)'-';
        return Write(unchecked(0 - (ulong)value), into[1..]) + 1;
    }

    public static int Write(ulong value, Span<byte> into)
    {
        var length = Digits(value);
        WriteDigits(value, into[..length]);
        return length;
    }

    /// <summary>
    /// The fewest digits that no other double is nearer to, and of those the nearest: <c>digits / 10^decimals</c>. In the range that is taken, both the number and half the distance to
    /// its neighbours are whole multiples of a power of two after multiplying by a power of ten that fits 64 bits, so everything is decided in whole numbers. False for what has to be
    /// decided otherwise: numbers below 1/128 or from 2^50 on, powers of two, whose lower neighbour is nearer, and those in the middle between two candidates.
    /// </summary>
    /// <remarks>After R. Giulietti, The Schubfach way to render doubles.</remarks>
    private static bool TryShorten(double value, out ulong digits, out int decimals)
    {
        (digits, decimals) = (0, 0);
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var fraction = bits & ((1UL << FractionBits) - 1);
        var below = ExponentBias - (int)(bits >> FractionBits);
        if (below is < 3 or > 59 || fraction == 0)
        {
            return false;
        }

        // value = mantissa / 2^below, and a step between doubles is at least 10^-decimals and less than ten times that.
        decimals = Log10Ceiling(below);
        var scale = PowersOfTen[decimals];
        var high = Math.BigMul(fraction | (1UL << FractionBits), scale, out var low);
        var rest = low & ((1UL << below) - 1);
        digits = (high << (64 - below)) | (low >> below);
        var half = scale / 2;
        var last = digits % 10;
        var overTen = (last << below) + rest;
        if (overTen < half)
        {
            digits -= last;
        }
        else if ((10UL << below) - overTen < half)
        {
            digits += 10 - last;
        }
        else
        {
            var middle = 1UL << (below - 1);
            digits += rest > middle ? 1UL : 0;
            return rest != middle;
        }

        DropZeros(ref digits, ref decimals);
        return true;
    }

    /// <summary>How often ten fits below 2^bits, rounded up: for 3 to 59 bits.</summary>
    private static int Log10Ceiling(int bits) => ((bits * 1233) >> 12) + 1;

    private static void DropZeros(ref ulong digits, ref int decimals)
    {
        if (digits % 100_000_000 == 0 && decimals > 8)
        {
            (digits, decimals) = (digits / 100_000_000, decimals - 8);
        }

        while (decimals > 0 && Math.DivRem(digits, 10) is (var shorter, 0))
        {
            (digits, decimals) = (shorter, decimals - 1);
        }
    }

    private static int Digits(ulong value)
    {
        var guess = ((64 - System.Numerics.BitOperations.LeadingZeroCount(value | 1)) * 1233) >> 12;
        return guess + (value >= PowersOfTen[guess] || value == 0 ? 1 : 0);
    }

    /// <summary>Fills the room with the number's digits, from the right.</summary>
    private static void WriteDigits(ulong value, Span<byte> room)
    {
        var at = room.Length;
        while (at >= 2)
        {
            (value, var pair) = Math.DivRem(value, 100);
            at -= 2;
            Pairs.Slice((int)pair * 2, 2).CopyTo(room[at..]);
        }

        if (at == 1)
        {
            room[0] = (byte)('0' + value);
        }
    }
}
