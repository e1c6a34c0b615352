using System.Buffers.Binary;

namespace NocMonitor.TimeSeries.Codecs;

/// <summary>Packs unsigned numbers of one width side by side, least significant bit first, the last byte filled with zeros.</summary>
internal static class BitPacking
{
    /// <summary>A load of 64 bits holds a value of this width and the up to seven bits before it.</summary>
    private const int WidthOfOneLoad = 57;

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
        var i = width <= WidthOfOneLoad ? UnpackWholeLoads(source, width, mask, values, ref position) : 0;
        for (; i < values.Length; i++)
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

    /// <summary>Takes each value with one load, as long as there are eight bytes to load. Gives how many that were.</summary>
    private static int UnpackWholeLoads(ReadOnlySpan<byte> source, int width, ulong mask, Span<ulong> values, ref long position)
    {
        var (i, at, last) = (0, (int)position, (source.Length - 8) * 8);
        for (; i < values.Length && at <= last; i++, at += width)
        {
            values[i] = (BinaryPrimitives.ReadUInt64LittleEndian(source[(at >> 3)..]) >> (at & 7)) & mask;
        }

        position = at;
        return i;
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
