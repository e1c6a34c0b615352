using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Codecs;
using NocMonitor.TimeSeries.Heads;
using NocMonitor.TimeSeries.Rollups;

namespace NocMonitor.TimeSeries.Compaction;

/// <summary>
/// Moves the head of one series into the partials of its hours, and partials into chunks. Works inside a transaction of its caller; the head forgets
/// its rows only when that is committed. Used by the compaction alone.
/// </summary>
internal sealed class SeriesFlush(ChunkFile file)
{
    private readonly RollupWriter _rollups = new(file);
    private readonly HeadRows _head = new();
    private readonly ChunkReader _reader = new();
    private readonly ChunkWriter _writer = new();
    private readonly SampleBlock _known = new();
    private readonly SampleBlock _later = new();
    private readonly SampleBlock _merged = new();

    /// <summary>Chunks that could not be read; what they held is lost.</summary>
    public long TornChunks { get; private set; }

    /// <summary>Writes the head's rows into partials and freezes them; the number of rows.</summary>
    public int Flush(Series series)
    {
        lock (series)
        {
            series.Head.CopyTo(_head, freeze: true);
        }

        for (var position = 0; position < _head.Count;)
        {
            var bucket = ChunkId.BucketOf(_head.TimeAt(position));
            var end = _head.Find(ChunkId.Start(bucket + 1));
            end = end <= position ? _head.Count : end;
            _later.Clear();
            _head.AppendTo(_later, position, end);
            var id = ChunkId.Of(bucket, series.Id);
            Load(file.ReadPartial, id, _known);
            file.WritePartial(id, _writer.Encode(Merged()));
            position = end;
        }

        return _head.Count;
    }

    /// <summary>Merges a partial into the chunk of its hour, deletes it, and brings the roll-up of the hour up to date.</summary>
    public void Seal(long id)
    {
        Load(file.ReadPartial, id, _later);
        Load(file.ReadChunk, id, _known);
        var hour = Merged();
        file.WriteChunk(id, _writer.Encode(hour));
        file.DeletePartial(id);
        _rollups.Write(id, hour);
    }

    private SampleBlock Merged()
    {
        if (BlockMerge.TryAppend(_known, _later))
        {
            return _known;
        }

        _merged.Clear();
        BlockMerge.Merge(_known, _later, _merged);
        return _merged;
    }

    /// <summary>A torn chunk must not stop the flow of new samples: what it held is lost, and counted.</summary>
    private void Load(Func<long, BlobReceiver, bool> read, long id, SampleBlock into)
    {
        into.Clear();
        try
        {
            read(id, blob => _reader.Decode(blob, into));
        }
        catch (TornDataException)
        {
            into.Clear();
            TornChunks++;
        }
    }
}
