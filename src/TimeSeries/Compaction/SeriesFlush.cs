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
    private readonly ChunkWriter _parts = new();
    private readonly ChunkWriter _sealed = new(new EntropyPacking());
    private readonly SampleBlock _rows = new();
    private readonly HourBlock _hour = new();

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
            _rows.Clear();
            _head.AppendTo(_rows, position, end);
            Add(ChunkId.Of(bucket, series.Id));
            position = end;
        }

        return _head.Count;
    }

    /// <summary>Merges the parts of an hour into its chunk, deletes them, and brings the roll-up of the hour up to date.</summary>
    public void Seal(long id)
    {
        _hour.Clear();
        ReadChunk(id);
        file.Partials.Read(id, AddToHour);
        file.WriteChunk(id, _sealed.Encode(_hour.Rows));
        file.Partials.Delete(id);
        _rollups.Write(id, _hour.Rows);
    }

    private void Add(long id)
    {
        if (!file.Partials.TryAdd(id, _parts.Encode(_rows)))
        {
            Seal(id);
            file.Partials.TryAdd(id, _parts.Encode(_rows));
        }
    }

    private void ReadChunk(long id)
    {
        try
        {
            file.ReadChunk(id, AddToHour);
        }
        catch (TornDataException)
        {
            TornChunks++;
        }
    }

    /// <summary>A torn chunk must not stop the flow of new samples: what it held is lost, and counted.</summary>
    private void AddToHour(ReadOnlySpan<byte> body)
    {
        try
        {
            _hour.Add(body);
        }
        catch (TornDataException)
        {
            TornChunks++;
        }
    }
}
