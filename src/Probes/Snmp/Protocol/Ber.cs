using System.Runtime.CompilerServices;

namespace NocMonitor.Probes.Snmp.Protocol;

/// <summary>
/// The part of the Basic Encoding Rules (X.690) that SNMP uses (RFC 3417 section 8): one-byte tags, definite lengths. A length may take more bytes than
/// it needs, as many stacks write it, and never reaches over the end of what encloses it.
/// </summary>
internal static class Ber
{
    public const byte Integer = 0x02;
    public const byte OctetString = 0x04;
    public const byte Null = 0x05;
    public const byte ObjectIdentifier = 0x06;
    public const byte Sequence = 0x30;

    /// <summary>Takes the next element off the front of <paramref name="data"/>; false leaves it in an unspecified state.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryTake(scoped ref ReadOnlySpan<byte> data, out byte tag, out ReadOnlySpan<byte> content)
    {
        var from = data;
        if (from.Length >= 2)
        {
            tag = from[0];
            int length = from[1];
            if (length < 0x80 && length <= from.Length - 2)
            {
                content = from.Slice(2, length);
                data = from[(length + 2)..];
                return true;
            }
        }

        return TryTakeLong(ref data, out tag, out content);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryTake(scoped ref ReadOnlySpan<byte> data, byte expected, out ReadOnlySpan<byte> content) =>
        TryTake(ref data, out var tag, out content) && tag == expected;

    /// <summary>Takes an INTEGER of 32 bits; one written with more bytes than it needs is taken too.</summary>
    public static bool TryTakeInt32(scoped ref ReadOnlySpan<byte> data, out int value)
    {
        value = 0;
        if (!TryTake(ref data, Integer, out var content) || !BerNumber.TryReadSigned(content, out var number))
        {
            return false;
        }

        value = unchecked((int)number);
        // An old stack may send a number's 32 bits as if they had no sign.
        return number is >= int.MinValue and <= uint.MaxValue;
    }

    /// <summary>Bytes of the length field for content of so many bytes.</summary>
    public static int LengthOfLength(int length) => length < 0x80 ? 1 : length <= 0xFF ? 2 : length <= 0xFFFF ? 3 : length <= 0xFFFFFF ? 4 : 5;

    /// <summary>Writes a length field; gives its own length.</summary>
    public static int WriteLength(Span<byte> buffer, int length)
    {
        var size = LengthOfLength(length);
        if (size == 1)
        {
            buffer[0] = (byte)length;
            return 1;
        }

        buffer[0] = (byte)(0x80 | (size - 1));
        for (var i = size - 1; i > 0; i--)
        {
            buffer[i] = (byte)length;
            length >>= 8;
        }

        return size;
    }

    private static bool TryTakeLong(scoped ref ReadOnlySpan<byte> data, out byte tag, out ReadOnlySpan<byte> content)
    {
        tag = 0;
        content = default;
        if (data.Length < 3 || data[1] is <= 0x80 or > 0x84)
        {
            return false;
        }

        tag = data[0];
        var size = data[1] & 0x7F;
        if (data.Length < 2 + size)
        {
            return false;
        }

        ulong length = 0;
        foreach (var value in data.Slice(2, size))
        {
            length = (length << 8) | value;
        }

        var rest = data[(2 + size)..];
        if (length > (ulong)rest.Length)
        {
            return false;
        }

        content = rest[..(int)length];
        data = rest[(int)length..];
        return true;
    }
}
