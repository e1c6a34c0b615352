using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Codecs;
using NocMonitor.TimeSeries.Rollups;

namespace NocMonitor.TimeSeries.Compaction;

/// <summary>
/// Takes samples of one series and range of time out of the chunk file, hour by hour, with their roll-ups. Works inside a transaction of its caller, after the series' head has been
/// flushed. Used by the compaction alone.
/// </summary>
internal sealed class SampleDeletion(ChunkFile file)
{
    private readonly RollupWriter _rollups = new(file);
    private readonly ChunkWriter _writer = new(new EntropyPacking());
    private readonly HourBlock _hour = new();
    private readonly SampleBlock _kept = new();

    /// <param name="from">Inclusive.</param>
    /// <param name="to">Exclusive.</param>
    public void Delete(Series series, long from, long to)
    {
        var (oldest, newest) = file.Buckets();
        var last = Math.Min(ChunkId.BucketOf(to - 1), newest);
        for (var bucket = Math.Max(ChunkId.BucketOf(from), oldest); bucket <= last; bucket++)
        {
            DeleteHour(ChunkId.Of(bucket, series.Id), from, to);
        }
    }

    private void DeleteHour(long id, long from, long to)
    {
        var start = ChunkId.Start(ChunkId.Bucket(id));
        _kept.Clear();
        if (from > start || to < ChunkId.Start(ChunkId.Bucket(id) + 1))
        {
            Keep(id, from, to);
        }

        file.Partials.Delete(id);
        if (_kept.Count == 0)
        {
            file.DeleteChunk(id);
            _rollups.Remove(id);
            return;
        }

        file.WriteChunk(id, _writer.Encode(_kept));
        _rollups.Write(id, _kept);
    }

    /// <summary>Collects the rows of an hour that lie outside of the range.</summary>
    private void Keep(long id, long from, long to)
    {
        _hour.Clear();
        ReadChunk(id);
        file.Partials.Read(id, Add);
        var rows = _hour.Rows;
        var first = LowerBound(rows.Times, from);
        var end = Math.Max(first, LowerBound(rows.Times, to));
        if (first > 0)
        {
            BlockMerge.Append(_kept, rows, 0, first);
        }

        if (end < rows.Count)
        {
            BlockMerge.Append(_kept, rows, end, rows.Count - end);
        }
    }

    private void ReadChunk(long id)
    {
        try
        {
            file.ReadChunk(id, Add);
        }
        catch (TornDataException)
        {
            return;
        }
    }

    /// <summary>What cannot be read any more need not be kept.</summary>
    private void Add(ReadOnlySpan<byte> body)
    {
        try
        {
            _hour.Add(body);
        }
        catch (TornDataException)
        {
            return;
        }
    }

    private static int LowerBound(ReadOnlySpan<long> times, long time)
    {
        var index = times.BinarySearch(time);
        return index < 0 ? ~index : index;
    }
}
