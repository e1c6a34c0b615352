namespace NocMonitor.TimeSeries.Codecs;

/// <summary>Floats as decimals: the scale, the exceptions with their 64 bits, then the scaled integers.</summary>
internal static class FloatPacking
{
    /// <summary>Packs when a decimal scale fits nearly all values; writes nothing and gives false when none does.</summary>
    public static bool TryEncode(ReadOnlySpan<long> bits, ByteWriter output, ColumnScratch scratch)
    {
        var scaled = scratch.Longs(bits.Length);
        var scale = DecimalScale.Choose(bits, scaled, scratch.Exceptions);
        if (scale < 0)
        {
            return false;
        }

        output.Byte((byte)scale);
        output.Varint((ulong)scratch.Exceptions.Count);
        var last = 0;
        foreach (var index in scratch.Exceptions)
        {
            output.Varint((ulong)(index - last));
            output.Fixed64((ulong)bits[index]);
            last = index;
        }

        IntegerPacking.Encode(scaled, output, scratch.Entropy);
        return true;
    }

    public static void Decode(ref ByteReader input, Span<long> bits)
    {
        var scale = input.Byte();
        if (scale > DecimalScale.Largest)
        {
            throw new TornDataException("a decimal scale out of range");
        }

        var exceptions = input.Count(bits.Length);
        var patches = input;
        for (var i = 0; i < exceptions; i++)
        {
            input.Varint();
            input.Fixed64();
        }

        IntegerPacking.Decode(ref input, bits);
        for (var i = 0; i < bits.Length; i++)
        {
            bits[i] = DecimalScale.Unscale(bits[i], scale);
        }

        Patch(ref patches, exceptions, bits);
    }

    private static void Patch(ref ByteReader patches, int exceptions, Span<long> bits)
    {
        var index = 0;
        for (var i = 0; i < exceptions; i++)
        {
            index += patches.Count(bits.Length);
            var value = (long)patches.Fixed64();
            if (index >= bits.Length)
            {
                throw new TornDataException("an exception beyond the last row");
            }

            bits[index] = value;
        }
    }
}
