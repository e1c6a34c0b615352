using NocMonitor.TimeSeries.Codecs;

namespace NocMonitor.TimeSeries.Chunks;

/// <summary>Puts an hour together from its chunk and what came later, part by part in the order they were written. One thread at a time; reused.</summary>
internal sealed class HourBlock
{
    private readonly ChunkReader _reader = new();
    private readonly SampleBlock _part = new();
    private SampleBlock _rows = new();
    private SampleBlock _spare = new();

    /// <summary>What has been added so far; the object changes with the next part.</summary>
    public SampleBlock Rows => _rows;

    /// <summary>Values that the buffers hold at most.</summary>
    public long Capacity => _rows.Capacity + _spare.Capacity + _part.Capacity;

    public void Clear() => _rows.Clear();

    /// <summary>Adds the rows of a chunk. A torn one adds nothing and throws.</summary>
    public void Add(ReadOnlySpan<byte> chunk, IReadOnlyCollection<int>? fields = null)
    {
        if (_rows.Count == 0)
        {
            AddFirst(chunk, fields);
            return;
        }

        _part.Clear();
        _reader.Decode(chunk, _part, fields);
        Add(_part);
    }

    /// <summary>Adds a stretch of the rows of a later part.</summary>
    public void Add(SampleBlock part, int first, int count)
    {
        if (_rows.Count == 0 || _rows.Times[^1] < part.Times[first])
        {
            BlockMerge.Append(_rows, part, first, count);
            return;
        }

        _part.Clear();
        BlockMerge.Append(_part, part, first, count);
        Add(_part);
    }

    public void Add(SampleBlock part)
    {
        if (!BlockMerge.TryAppend(_rows, part))
        {
            _spare.Clear();
            BlockMerge.Merge(_rows, part, _spare);
            (_rows, _spare) = (_spare, _rows);
        }
    }

    private void AddFirst(ReadOnlySpan<byte> chunk, IReadOnlyCollection<int>? fields)
    {
        try
        {
            _rows.Clear();
            _reader.Decode(chunk, _rows, fields);
        }
        catch (TornDataException)
        {
            _rows.Clear();
            throw;
        }
    }
}
