using System.Buffers.Binary;

namespace NocMonitor.Probes.Snmp.Protocol;

/// <summary>
/// Numbers as devices send them: two's complement, most significant byte first (X.690 section 8.3), with any number of filling bytes in front.
/// </summary>
internal static class BerNumber
{
    /// <summary>Reads a number that fits 64 bits with its sign. Empty content is no number.</summary>
    public static bool TryReadSigned(ReadOnlySpan<byte> content, out long value)
    {
        if ((uint)(content.Length - 1) >= 8)
        {
            content = Shortest(content);
            if ((uint)(content.Length - 1) >= 8)
            {
                value = 0;
                return false;
            }
        }

        long number = (sbyte)content[0];
        for (var i = 1; i < content.Length; i++)
        {
            number = (number << 8) | content[i];
        }

        value = number;
        return true;
    }

    /// <summary>
    /// Reads a number without a sign. One that looks negative left out its leading zero, or came from a device that counts with a sign: it is taken
    /// as the two's complement of its type's width, as net-snmp takes it. A number too large for its type is given as it was sent.
    /// </summary>
    /// <param name="bits">Width of the type, 32 or 64.</param>
    public static bool TryReadUnsigned(ReadOnlySpan<byte> content, int bits, out ulong value)
    {
        if (!TryReadSigned(content, out var signed))
        {
            content = Shortest(content);
            var isFull = content.Length == 9 && content[0] == 0;
            value = isFull ? BinaryPrimitives.ReadUInt64BigEndian(content[1..]) : 0;
            return isFull;
        }

        if (signed < 0 && bits == 32)
        {
            value = signed >= int.MinValue ? unchecked((uint)signed) : 0;
            return signed >= int.MinValue;
        }

        value = unchecked((ulong)signed);
        return true;
    }

    /// <summary>The fewest bytes that keep a number's value and sign (X.690 section 8.3.2).</summary>
    public static ReadOnlySpan<byte> Shortest(ReadOnlySpan<byte> number)
    {
        while (number.Length > 1 && ((number[0] == 0 && number[1] < 0x80) || (number[0] == 0xFF && number[1] >= 0x80)))
        {
            number = number[1..];
        }

        return number;
    }
}
