using NocMonitor.LineProtocol;

namespace NocMonitor.TimeSeries.Codecs;

/// <summary>Packs the present values of one column by the codec that suits its kind and content. String columns hold indexes into the chunk's texts.</summary>
internal static class ColumnPacking
{
    private const int RunBytes = 10;

    public static ColumnCodec Encode(FieldKind kind, ReadOnlySpan<long> values, ByteWriter output, ColumnScratch scratch)
    {
        var runs = RunPacking.Runs(values);
        if (runs <= 1)
        {
            WriteConstant(kind, values, output);
            return ColumnCodec.Constant;
        }

        if (kind == FieldKind.Boolean)
        {
            return WriteBits(values, runs, output);
        }

        var start = output.Length;
        var codec = ColumnCodec.Integers;
        if (kind != FieldKind.Float)
        {
            IntegerPacking.Encode(values, output, scratch.Entropy);
        }
        else if (FloatPacking.TryEncode(values, output, scratch))
        {
            codec = ColumnCodec.Decimals;
        }
        else
        {
            XorPacking.Encode(values, output);
            codec = ColumnCodec.Xor;
        }

        if (runs * RunBytes < output.Length - start)
        {
            output.Truncate(start);
            RunPacking.Encode(values, output);
            codec = ColumnCodec.Runs;
        }

        return codec;
    }

    public static void Decode(FieldKind kind, ColumnCodec codec, ReadOnlySpan<byte> source, Span<long> values)
    {
        var input = new ByteReader(source);
        switch (codec)
        {
            case ColumnCodec.Constant:
                values.Fill(kind == FieldKind.Float ? (long)input.Fixed64() : input.ZigZag());
                break;
            case ColumnCodec.Integers:
                IntegerPacking.Decode(ref input, values);
                break;
            case ColumnCodec.Decimals:
                FloatPacking.Decode(ref input, values);
                break;
            case ColumnCodec.Xor:
                XorPacking.Decode(source, values);
                break;
            case ColumnCodec.Runs:
                RunPacking.Decode(ref input, values);
                break;
            case ColumnCodec.Bits:
                ReadBits(input.Bytes((values.Length + 7) / 8), values);
                break;
            default:
                throw new TornDataException($"an unknown column codec {(int)codec}");
        }
    }

    private static void WriteConstant(FieldKind kind, ReadOnlySpan<long> values, ByteWriter output)
    {
        var value = values.IsEmpty ? 0 : values[0];
        if (kind == FieldKind.Float)
        {
            output.Fixed64((ulong)value);
        }
        else
        {
            output.ZigZag(value);
        }
    }

    private static ColumnCodec WriteBits(ReadOnlySpan<long> values, int runs, ByteWriter output)
    {
        if (runs * RunBytes < values.Length / 8)
        {
            RunPacking.Encode(values, output);
            return ColumnCodec.Runs;
        }

        var target = output.Reserve((values.Length + 7) / 8);
        target.Clear();
        for (var i = 0; i < values.Length; i++)
        {
            target[i >> 3] |= (byte)((values[i] == 0 ? 0 : 1) << (i & 7));
        }

        return ColumnCodec.Bits;
    }

    private static void ReadBits(ReadOnlySpan<byte> source, Span<long> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (source[i >> 3] >> (i & 7)) & 1;
        }
    }
}
