using NocMonitor.TimeSeries.Codecs;

namespace NocMonitor.TimeSeries.Packs;

/// <summary>Reads one row of packed chunks: docs/formats/store.md, "packs". A directory that does not match its checksum is a <see cref="TornDataException"/>.</summary>
internal readonly ref struct PackView
{
    private readonly ReadOnlySpan<byte> _entries;
    private readonly ReadOnlySpan<byte> _data;
    private readonly int _carried;
    private readonly int _series;

    private PackView(ReadOnlySpan<byte> entries, ReadOnlySpan<byte> data, int carried, int count, int series)
    {
        _entries = entries;
        _data = data;
        _carried = carried;
        _series = series;
        Count = count;
    }

    /// <summary>Chunks that begin in this row.</summary>
    public int Count { get; }

    /// <summary>What belongs to the chunk that began in a row before.</summary>
    public ReadOnlySpan<byte> Carried => _data[.._carried];

    public static PackView Open(long id, ReadOnlySpan<byte> row)
    {
        var input = new ByteReader(row);
        var carried = input.Count(row.Length);
        var count = input.Count(row.Length);
        var entries = row[^input.Remaining..];
        for (var i = 0; i < count; i++)
        {
            input.Varint();
            input.Varint();
        }

        var directory = row.Length - input.Remaining;
        Crc32C.Verified(row[..Math.Min(row.Length, directory + 4)]);
        var data = row[(directory + 4)..];
        return carried <= data.Length
            ? new PackView(entries, data, carried, count, PackId.Series(id))
            : throw TornDataException.TooShort();
    }

    /// <summary>The chunks that begin here, in order.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Finds a series' chunk: what lies of it in this row, and how long it is in all.</summary>
    public bool TryFind(int series, out ReadOnlySpan<byte> begin, out int length)
    {
        foreach (var entry in this)
        {
            if (entry.Series == series)
            {
                begin = entry.Begin;
                length = entry.Length;
                return true;
            }
        }

        begin = [];
        length = 0;
        return false;
    }

    /// <summary>One chunk that begins in a row.</summary>
    internal readonly ref struct Entry(int series, int length, ReadOnlySpan<byte> begin)
    {
        public int Series { get; } = series;

        /// <summary>The whole chunk; more than is here when it goes on in the next row.</summary>
        public int Length { get; } = length;

        public ReadOnlySpan<byte> Begin { get; } = begin;
    }

    internal ref struct Enumerator(PackView view)
    {
        private readonly int _count = view.Count;
        private ByteReader _entries = new(view._entries);
        private ReadOnlySpan<byte> _rest = view._data[view._carried..];
        private int _series = view._series;
        private int _next;

        public Entry Current { get; private set; }

        public bool MoveNext()
        {
            if (_next++ == _count)
            {
                return false;
            }

            _series += _entries.Count(int.MaxValue - _series);
            var length = _entries.Count(PackTable.LongestChunk);
            var here = Math.Min(length, _rest.Length);
            Current = new Entry(_series, length, _rest[..here]);
            _rest = _rest[here..];
            return true;
        }
    }
}
