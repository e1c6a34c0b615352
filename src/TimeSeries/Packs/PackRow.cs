using NocMonitor.TimeSeries.Codecs;

namespace NocMonitor.TimeSeries.Packs;

/// <summary>A row of packed chunks under construction, at most as long as one page of the file takes. Used by one thread, filled again and again.</summary>
internal sealed class PackRow(int capacity)
{
    private const int ChecksumBytes = 4;

    private readonly List<(int Series, int Length)> _entries = [];
    private readonly ByteWriter _data = new();
    private readonly ByteWriter _output = new();
    private int _carried;
    private int _entryBytes;
    private int _lastSeries;

    public long Id { get; private set; }

    public bool IsEmpty => _data.Length == 0;

    /// <summary>The last series that begins here, or the one whose bytes it carries.</summary>
    public int LastSeries => _lastSeries;

    public void Start(long id)
    {
        Id = id;
        _entries.Clear();
        _data.Clear();
        (_carried, _entryBytes, _lastSeries) = (0, 0, PackId.Series(id));
    }

    /// <summary>Takes a row over as it is on disk, perhaps without a series and without what it carries.</summary>
    public void Load(long id, PackView row, int without = -1, bool withCarried = true)
    {
        Start(id);
        if (withCarried)
        {
            Carry(row.Carried);
        }

        foreach (var entry in row)
        {
            if (entry.Series != without)
            {
                Add(entry.Series, entry.Length, entry.Begin);
            }
        }
    }

    /// <summary>How many bytes of a chunk could still begin here.</summary>
    public int RoomFor(int series, int length) =>
        capacity - Size(_entries.Count + 1) - _entryBytes - EntryBytes(series, length);

    /// <summary>How many carried bytes a new row takes.</summary>
    public int RoomToCarry => capacity - Size(1) - 2;

    public void Add(int series, int length, ReadOnlySpan<byte> begin)
    {
        _entryBytes += EntryBytes(series, length);
        _entries.Add((series, length));
        _lastSeries = series;
        _data.Bytes(begin);
    }

    /// <summary>Takes bytes of the chunk that began in a row before; comes before any <see cref="Add"/>.</summary>
    public void Carry(ReadOnlySpan<byte> bytes)
    {
        _carried = bytes.Length;
        _data.Bytes(bytes);
    }

    /// <summary>The row's bytes; valid until the next call.</summary>
    public ReadOnlySpan<byte> Encode()
    {
        _output.Clear();
        _output.Varint((ulong)_carried);
        _output.Varint((ulong)_entries.Count);
        var series = PackId.Series(Id);
        foreach (var entry in _entries)
        {
            _output.Varint((ulong)(entry.Series - series));
            _output.Varint((ulong)entry.Length);
            series = entry.Series;
        }

        _output.Fixed32(Crc32C.Of(_output.Written));
        _output.Bytes(_data.Written);
        return _output.Written;
    }

    private int Size(int entries) => ByteWriter.VarintLength((ulong)_carried) + ByteWriter.VarintLength((ulong)entries) + ChecksumBytes + _data.Length;

    private int EntryBytes(int series, int length) =>
        ByteWriter.VarintLength((ulong)(series - _lastSeries)) + ByteWriter.VarintLength((ulong)length);
}
