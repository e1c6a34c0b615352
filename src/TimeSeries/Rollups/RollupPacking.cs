using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Codecs;

namespace NocMonitor.TimeSeries.Rollups;

/// <summary>
/// Packs the roll-ups of a day of a series: docs/formats/store.md, "roll-ups". The five statistics of an hour lie close to each other and to the hour before, so each is written as
/// its distance from where it is to be expected. Unpacks into the columns of <see cref="RollupColumns"/>. One thread at a time; its buffers are reused.
/// </summary>
internal sealed class RollupPacking
{
    /// <summary>Stands where chunks have their version, so that older rows are told apart.</summary>
    internal const byte Version = 3;

    private readonly ByteWriter _output = new();
    private readonly ByteWriter _field = new();

    /// <summary>The packed day; valid until the next call. Its rows are hours, its columns those of <see cref="RollupColumns"/>.</summary>
    public ReadOnlySpan<byte> Encode(SampleBlock day)
    {
        _output.Clear();
        _output.Byte(Version);
        _output.Varint((ulong)day.Count);
        var previous = 0L;
        foreach (var time in day.Times)
        {
            _output.ZigZag(ChunkId.BucketOf(time) - previous);
            previous = ChunkId.BucketOf(time);
        }

        var fields = 0;
        foreach (var column in day.Columns)
        {
            fields += IsCount(column) ? 1 : 0;
        }

        _output.Varint((ulong)fields);
        foreach (var column in day.Columns)
        {
            if (IsCount(column))
            {
                WriteField(day, column);
            }
        }

        _output.Fixed32(Crc32C.Of(_output.Written));
        return _output.Written;
    }

    /// <summary>Unpacks the wanted columns, or all when null, into an empty block. The version and the checksum have been looked at.</summary>
    public static void Decode(ref ByteReader input, SampleBlock into, IReadOnlyCollection<int>? wanted)
    {
        // An hour takes at least a byte.
        var times = into.AddTimes(input.Count(input.Remaining));
        var bucket = 0L;
        foreach (ref var time in times)
        {
            bucket = unchecked(bucket + input.ZigZag());
            time = unchecked(bucket * ChunkId.BucketNanoseconds);
        }

        var fields = input.Count(input.Remaining);
        for (var i = 0; i < fields; i++)
        {
            var field = input.Count((int.MaxValue / RollupColumns.PerField) - 1);
            var payload = input.Bytes(input.Count(input.Remaining));
            if (wanted is null || wanted.Any(column => column / RollupColumns.PerField == field))
            {
                ReadField(new ByteReader(payload), field * RollupColumns.PerField, into, wanted);
            }
        }

        into.Level();
    }

    private static bool IsCount(SampleColumn column) => column.Field % RollupColumns.PerField == RollupColumns.Count && column.PresentCount > 0;

    private void WriteField(SampleBlock day, SampleColumn counts)
    {
        var columns = new RollupFieldColumns(day, counts.Field);
        var shape = RollupShape.Of(columns);
        _field.Clear();
        _field.Byte(shape.Header);
        var (count, last) = (0L, 0L);
        for (var row = 0; row < day.Count; row++)
        {
            var present = counts.IsPresent(row);
            _field.ZigZag(unchecked((present ? counts.Bits[row] : 0) - count));
            count = present ? counts.Bits[row] : 0;
            if (present)
            {
                WriteHour(columns.At(row), shape, ref last);
            }
        }

        _output.Varint((ulong)(counts.Field / RollupColumns.PerField));
        _output.Varint((ulong)_field.Length);
        _output.Bytes(_field.Written);
    }

    private void WriteHour(RollupHour hour, RollupShape shape, ref long last)
    {
        if (shape.IsRaw)
        {
            _field.Fixed64((ulong)hour.Sum);
            _field.Fixed64((ulong)hour.Min);
            _field.Fixed64((ulong)hour.Max);
            _field.Fixed64((ulong)hour.Last);
            return;
        }

        var scaled = shape.Scale(hour);
        _field.ZigZag(unchecked(scaled.Min - last));
        _field.Varint(unchecked((ulong)(scaled.Max - scaled.Min)));
        _field.Varint(unchecked((ulong)(scaled.Max - scaled.Last)));
        _field.ZigZag(unchecked(scaled.Sum - scaled.Middle));
        last = scaled.Last;
    }

    private static void ReadField(ByteReader input, int first, SampleBlock into, IReadOnlyCollection<int>? wanted)
    {
        var shape = RollupShape.Read(input.Byte());
        var (count, last) = (0L, 0L);
        for (var row = 0; row < into.Count; row++)
        {
            count = unchecked(count + input.ZigZag());
            if (count != 0)
            {
                var hour = shape.IsRaw ? RollupHour.ReadRaw(ref input, count) : shape.Unscale(RollupHour.Read(ref input, count, ref last));
                hour.AddTo(into, row, first, shape.Kind, wanted);
            }
        }
    }
}
