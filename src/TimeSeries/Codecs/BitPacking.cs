using System.Buffers.Binary;

namespace NocMonitor.TimeSeries.Codecs;

/// <summary>Packs unsigned numbers of one width side by side, least significant bit first, the last byte filled with zeros.</summary>
internal static class BitPacking
{
    public static int Bytes(int count, int width) => (int)((((long)count * width) + 7) / 8);

    public static void Pack(ReadOnlySpan<ulong> values, int width, ByteWriter output)
    {
        var target = output.Reserve(Bytes(values.Length, width));
        ulong pending = 0;
        var bits = 0;
        foreach (var value in values)
        {
            pending |= value << bits;
            bits += width;
            if (bits >= 64)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(target, pending);
                target = target[8..];
                bits -= 64;
                // A shift by 64 is a shift by 0 in C#: nothing is left over when the value ended on the boundary.
                pending = bits == 0 ? 0 : value >> (width - bits);
            }
        }

        for (var i = 0; i < target.Length; i++)
        {
            target[i] = (byte)(pending >> (8 * i));
        }
    }

    public static void Unpack(ReadOnlySpan<byte> source, int width, Span<ulong> values)
    {
        if (width == 0)
        {
            values.Clear();
            return;
        }

        var mask = width == 64 ? ulong.MaxValue : (1UL << width) - 1;
        long position = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var first = (int)(position >> 3);
            var shift = (int)(position & 7);
            var value = Load(source, first) >> shift;
            if (shift + width > 64)
            {
                value |= (ulong)source[first + 8] << (64 - shift);
            }

            values[i] = value & mask;
            position += width;
        }
    }

    private static ulong Load(ReadOnlySpan<byte> source, int first)
    {
        var rest = source[first..];
        if (rest.Length >= 8)
        {
            return BinaryPrimitives.ReadUInt64LittleEndian(rest);
        }

        ulong value = 0;
        for (var i = rest.Length - 1; i >= 0; i--)
        {
            value = (value << 8) | rest[i];
        }

        return value;
    }
}
