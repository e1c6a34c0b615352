using System.Text;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Codecs;
using NocMonitor.TimeSeries.Rollups;

namespace NocMonitor.TimeSeries.Chunks;

/// <summary>Unpacks chunks and roll-ups into blocks. One thread at a time; its buffers are reused. A torn chunk is a <see cref="TornDataException"/>.</summary>
internal sealed class ChunkReader
{
    /// <summary>A chunk spans an hour; more rows than this are torn data, not samples.</summary>
    internal const int MaximumRows = 1 << 26;

    private long[] _values = [];
    private ulong[] _present = [];

    /// <summary>Appends the chunk's rows to an empty block; only the wanted fields, or all when null.</summary>
    public void Decode(ReadOnlySpan<byte> chunk, SampleBlock into, IReadOnlyCollection<int>? wanted = null)
    {
        var input = new ByteReader(Crc32C.Verified(chunk));
        switch (input.Byte())
        {
            case ChunkWriter.FirstVersion or ChunkWriter.Version:
                ReadColumns(ref input, into, wanted);
                break;
            case RollupPacking.Version:
                RollupPacking.Decode(ref input, into, wanted);
                break;
            case var version:
                throw new TornDataException($"chunk version {version}");
        }
    }

    private void ReadColumns(ref ByteReader input, SampleBlock into, IReadOnlyCollection<int>? wanted)
    {
        // A row costs at least one bit somewhere only when something varies, so the bytes at hand do not bound the rows.
        var rows = input.Count(MaximumRows);
        ReadTimes(ref input, into.AddTimes(rows));
        var columns = input.Count(input.Remaining);
        for (var i = 0; i < columns; i++)
        {
            var field = input.Count(int.MaxValue);
            var header = input.Byte();
            var payload = input.Bytes(input.Count(input.Remaining));
            if (wanted is null || wanted.Contains(field))
            {
                ReadColumn(new ByteReader(payload), field, header, into);
            }
        }

        into.Level();
    }

    private static void ReadTimes(ref ByteReader input, Span<long> times)
    {
        var unit = input.Byte();
        if (unit >= TimeUnit.Nanoseconds.Length)
        {
            throw new TornDataException("an unknown unit of time");
        }

        IntegerPacking.Decode(ref input, times);
        var factor = TimeUnit.Nanoseconds[unit];
        for (var i = 0; i < times.Length; i++)
        {
            times[i] = unchecked(times[i] * factor);
        }
    }

    private void ReadColumn(ByteReader input, int field, byte header, SampleBlock into)
    {
        var (kind, form, codec) = ColumnHeader.Unpack(header);
        var rows = into.Count;
        Grow(rows);
        var present = Presence.Read(form, ref input, rows, _present.AsSpan(0, Bitmap.Words(rows)));
        var texts = kind == FieldKind.String ? ReadDictionary(ref input, into) : [];
        var column = into.ColumnOf(field, kind, 0);
        var source = input.Bytes(input.Remaining);
        if (present == rows && kind != FieldKind.String)
        {
            ColumnPacking.Decode(kind, codec, source, column.AddRows(rows));
            return;
        }

        var values = _values.AsSpan(0, present);
        ColumnPacking.Decode(kind, codec, source, values);
        Scatter(values, texts, column, present == rows);
    }

    private void Scatter(ReadOnlySpan<long> values, int[] texts, SampleColumn column, bool all)
    {
        var next = 0;
        var isText = column.Kind == FieldKind.String;
        for (var row = 0; next < values.Length; row++)
        {
            if (!all && !Bitmap.Has(_present, row))
            {
                column.AddMissing(1);
                continue;
            }

            var bits = values[next++];
            if (isText)
            {
                bits = (ulong)bits < (ulong)texts.Length ? texts[bits] : throw new TornDataException("a text beyond the dictionary");
            }

            column.Add(bits);
        }
    }

    private static int[] ReadDictionary(ref ByteReader input, SampleBlock into)
    {
        var texts = new int[input.Count(input.Remaining)];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = into.AddText(Encoding.UTF8.GetString(input.Bytes(input.Count(input.Remaining))));
        }

        return texts;
    }

    private void Grow(int rows)
    {
        if (_values.Length < rows)
        {
            _values = new long[Math.Max(rows, Math.Max(128, _values.Length * 2))];
            _present = new ulong[Bitmap.Words(_values.Length)];
        }
    }
}
