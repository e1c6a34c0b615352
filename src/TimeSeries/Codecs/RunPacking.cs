namespace NocMonitor.TimeSeries.Codecs;

/// <summary>Values that rarely change: how many in a row, then the 64 bits.</summary>
internal static class RunPacking
{
    public static int Runs(ReadOnlySpan<long> values)
    {
        var runs = values.IsEmpty ? 0 : 1;
        for (var i = 1; i < values.Length; i++)
        {
            runs += values[i] == values[i - 1] ? 0 : 1;
        }

        return runs;
    }

    public static void Encode(ReadOnlySpan<long> values, ByteWriter output)
    {
        for (var start = 0; start < values.Length;)
        {
            var end = start + 1;
            while (end < values.Length && values[end] == values[start])
            {
                end++;
            }

            output.Varint((ulong)(end - start));
            output.Fixed64((ulong)values[start]);
            start = end;
        }
    }

    public static void Decode(ref ByteReader input, Span<long> values)
    {
        while (!values.IsEmpty)
        {
            var run = input.Count(values.Length);
            if (run == 0)
            {
                throw new TornDataException("an empty run");
            }

            values[..run].Fill((long)input.Fixed64());
            values = values[run..];
        }
    }
}
