using System.Text;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Codecs;

namespace NocMonitor.TimeSeries.Chunks;

/// <summary>Packs a block into the bytes of docs/formats/store.md, "chunk". One thread at a time; its buffers are reused from chunk to chunk.</summary>
internal sealed class ChunkWriter(EntropyPacking? entropy = null)
{
    internal const byte Version = 2;

    /// <summary>The same without entropy-coded integers: what files of before hold.</summary>
    internal const byte FirstVersion = 1;

    private readonly ColumnScratch _scratch = new(entropy);
    private readonly ByteWriter _output = new();
    private readonly Dictionary<long, long> _dictionary = [];
    private long[] _values = [];

    /// <summary>The chunk; valid until the next call.</summary>
    public ReadOnlySpan<byte> Encode(SampleBlock block)
    {
        _output.Clear();
        _output.Byte(Version);
        _output.Varint((ulong)block.Count);
        WriteTimes(block.Times);
        _output.Varint((ulong)CountColumns(block));
        foreach (var column in block.Columns)
        {
            if (column.PresentCount > 0)
            {
                WriteColumn(block, column);
            }
        }

        _output.Fixed32(Crc32C.Of(_output.Written));
        return _output.Written;
    }

    private static int CountColumns(SampleBlock block)
    {
        var count = 0;
        foreach (var column in block.Columns)
        {
            count += column.PresentCount > 0 ? 1 : 0;
        }

        return count;
    }

    private void WriteTimes(ReadOnlySpan<long> times)
    {
        var unit = TimeUnit.Coarsest(times);
        var scaled = Values(times.Length);
        for (var i = 0; i < times.Length; i++)
        {
            scaled[i] = times[i] / TimeUnit.Nanoseconds[unit];
        }

        _output.Byte((byte)unit);
        IntegerPacking.Encode(scaled, _output, entropy);
    }

    /// <summary>A column's values go to a side buffer first: their length stands before them, so that a reader skips what it does not want.</summary>
    private void WriteColumn(SampleBlock block, SampleColumn column)
    {
        var values = Present(column);
        var payload = _scratch.Column;
        payload.Clear();
        var presence = Presence.Write(column, payload);
        if (column.Kind == FieldKind.String)
        {
            WriteDictionary(block, values, payload);
        }

        var codec = ColumnPacking.Encode(column.Kind, values, payload, _scratch);
        _output.Varint((ulong)column.Field);
        _output.Byte(ColumnHeader.Pack(column.Kind, presence, codec));
        _output.Varint((ulong)payload.Length);
        _output.Bytes(payload.Written);
    }

    private Span<long> Present(SampleColumn column)
    {
        var values = Values(column.PresentCount);
        if (column.AllPresent)
        {
            column.Bits.CopyTo(values);
            return values;
        }

        var next = 0;
        for (var row = 0; row < column.Count; row++)
        {
            if (column.IsPresent(row))
            {
                values[next++] = column.Bits[row];
            }
        }

        return values;
    }

    /// <summary>Writes each distinct text once, in order of first use, and turns the values into indexes of that list.</summary>
    private void WriteDictionary(SampleBlock block, Span<long> values, ByteWriter output)
    {
        _dictionary.Clear();
        foreach (var value in values)
        {
            _dictionary.TryAdd(value, _dictionary.Count);
        }

        output.Varint((ulong)_dictionary.Count);
        foreach (var index in _dictionary.Keys)
        {
            var text = block.Text(index);
            var length = Encoding.UTF8.GetByteCount(text);
            output.Varint((ulong)length);
            Encoding.UTF8.GetBytes(text, output.Reserve(length));
        }

        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _dictionary[values[i]];
        }
    }

    private Span<long> Values(int count)
    {
        if (_values.Length < count)
        {
            _values = new long[Math.Max(count, Math.Max(128, _values.Length * 2))];
        }

        return _values.AsSpan(0, count);
    }
}
