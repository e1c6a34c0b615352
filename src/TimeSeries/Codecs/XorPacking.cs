using System.Numerics;

namespace NocMonitor.TimeSeries.Codecs;

/// <summary>
/// Floats that fit no decimal scale: each value XORed with the one before. A zero bit says "the same"; 10 says the differing bits lie within the
/// window of the last; 11 gives a new window: five bits of leading zeros (at most 31), six bits of length minus one.
/// </summary>
internal static class XorPacking
{
    public static void Encode(ReadOnlySpan<long> values, ByteWriter output)
    {
        var bits = new BitWriter(output);
        ulong previous = 0;
        int leading = 0, length = 0;
        foreach (var value in values)
        {
            var difference = (ulong)value ^ previous;
            previous = (ulong)value;
            if (difference == 0)
            {
                bits.Write(0, 1);
                continue;
            }

            var zeros = Math.Min(31, BitOperations.LeadingZeroCount(difference));
            var needed = 64 - zeros - BitOperations.TrailingZeroCount(difference);
            if (length > 0 && zeros >= leading && 64 - leading - length <= BitOperations.TrailingZeroCount(difference) && length < needed + 11)
            {
                bits.Write(0b10, 2);
            }
            else
            {
                (leading, length) = (zeros, needed);
                bits.Write(0b11, 2);
                bits.Write((ulong)leading, 5);
                bits.Write((ulong)(length - 1), 6);
            }

            bits.Write(difference >> (64 - leading - length), length);
        }

        bits.Flush();
    }

    public static void Decode(ReadOnlySpan<byte> source, Span<long> values)
    {
        var bits = new BitReader(source);
        ulong previous = 0;
        int leading = 0, length = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (bits.Bit())
            {
                if (bits.Bit())
                {
                    leading = (int)bits.Read(5);
                    length = (int)bits.Read(6) + 1;
                }

                if (length == 0 || leading + length > 64)
                {
                    throw new TornDataException("a XOR window outside 64 bits");
                }

                previous ^= bits.Read(length) << (64 - leading - length);
            }

            values[i] = (long)previous;
        }
    }
}
