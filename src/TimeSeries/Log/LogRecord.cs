using System.Text;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Codecs;

namespace NocMonitor.TimeSeries.Log;

/// <summary>A batch as one blob of the log: docs/formats/store.md, "log record".</summary>
internal static class LogRecord
{
    private const byte Version = 1;

    public static void Encode(SampleBatch batch, ByteWriter output)
    {
        output.Clear();
        output.Byte(Version);
        WriteText(output, batch.OriginName);
        output.Varint((ulong)batch.Rows.Length);
        long previousTime = 0;
        var previousSeries = 0;
        foreach (ref readonly var row in batch.Rows)
        {
            output.ZigZag(row.Series.Id - previousSeries);
            output.ZigZag(unchecked(row.Timestamp - previousTime));
            previousSeries = row.Series.Id;
            previousTime = row.Timestamp;
            WriteValues(batch, row, output);
        }

        output.Fixed32(Crc32C.Of(output.Written));
    }

    /// <summary>Fills a rented batch with the rows of a record. Field kinds are those of the index, which the log's catalog has restored.</summary>
    public static void Decode(ReadOnlySpan<byte> record, SeriesIndex index, SampleBatch batch)
    {
        var input = Open(record, out _);
        var rows = input.Count(input.Remaining);
        long time = 0;
        var id = 0L;
        for (var i = 0; i < rows; i++)
        {
            id += input.ZigZag();
            time = unchecked(time + input.ZigZag());
            var series = id is >= 0 and <= int.MaxValue ? index.Find((int)id) : null;
            ReadValues(ref input, series ?? throw new TornDataException($"series {id} is in no catalog"), time, batch);
        }
    }

    /// <summary>The origin alone.</summary>
    public static string OriginOf(ReadOnlySpan<byte> record)
    {
        Open(record, out var origin);
        return origin;
    }

    private static ByteReader Open(ReadOnlySpan<byte> record, out string origin)
    {
        var input = new ByteReader(Crc32C.Verified(record));
        if (input.Byte() is var version and not Version)
        {
            throw new TornDataException($"log record version {version}");
        }

        origin = ReadText(ref input);
        return input;
    }

    /// <summary>The field count with a flag bit: set when the fields are the series' first ones in order, so that their indexes need no bytes.</summary>
    private static void WriteValues(SampleBatch batch, in SampleRow row, ByteWriter output)
    {
        var values = batch.Values(row);
        var inOrder = IsInOrder(values);
        output.Varint(((ulong)values.Length << 1) | (inOrder ? 1UL : 0));
        foreach (ref readonly var value in values)
        {
            if (!inOrder)
            {
                output.Varint((ulong)value.Field);
            }

            switch (value.Kind)
            {
                case FieldKind.Float:
                    output.Fixed64((ulong)value.Bits);
                    break;
                case FieldKind.String:
                    WriteText(output, batch.Text(value));
                    break;
                default:
                    output.ZigZag(value.Bits);
                    break;
            }
        }
    }

    private static void ReadValues(ref ByteReader input, Series series, long time, SampleBatch batch)
    {
        var header = input.Varint();
        var inOrder = (header & 1) != 0;
        var fields = series.Layout.Fields;
        var count = header >> 1 <= (ulong)fields.Length ? (int)(header >> 1) : throw new TornDataException("more values than fields");
        var values = batch.NextValues(count);
        for (var i = 0; i < count; i++)
        {
            var field = inOrder ? i : input.Count(fields.Length - 1);
            var kind = fields[field].Kind;
            var bits = kind switch
            {
                FieldKind.Float => (long)input.Fixed64(),
                FieldKind.String => batch.AddText(ReadText(ref input)),
                _ => input.ZigZag(),
            };
            values[i] = new SampleValue(field, kind, bits);
        }

        batch.AddRow(series, time, count);
    }

    private static bool IsInOrder(ReadOnlySpan<SampleValue> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i].Field != i)
            {
                return false;
            }
        }

        return true;
    }

    private static void WriteText(ByteWriter output, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        output.Varint((ulong)length);
        Encoding.UTF8.GetBytes(text, output.Reserve(length));
    }

    private static string ReadText(ref ByteReader input) => Encoding.UTF8.GetString(input.Bytes(input.Count(input.Remaining)));
}
