using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Codecs;
using NocMonitor.TimeSeries.Compaction;

namespace NocMonitor.TimeSeries.Rollups;

/// <summary>
/// Keeps the hourly roll-ups: each time an hour is sealed, anew or again because of late samples, its row replaces the one of before. Works in the
/// sealing transaction. Used by the compaction alone.
/// </summary>
internal sealed class RollupWriter(ChunkFile file)
{
    private readonly HourSummary _summary = new();
    private readonly ChunkReader _reader = new();
    private readonly ChunkWriter _writer = new();
    private readonly SampleBlock _day = new();
    private readonly SampleBlock _hour = new();
    private readonly SampleBlock _merged = new();

    public void Write(long chunkId, SampleBlock hour)
    {
        var bucket = ChunkId.Bucket(chunkId);
        var id = RollupId.Of(RollupId.DayOf(bucket), ChunkId.Series(chunkId));
        _hour.Clear();
        _summary.AppendTo(_hour, hour, ChunkId.Start(bucket));
        _day.Clear();
        file.ReadRollup(id, Decode);
        file.WriteRollup(id, _writer.Encode(Merged()));
    }

    private SampleBlock Merged()
    {
        if (BlockMerge.TryAppend(_day, _hour))
        {
            return _day;
        }

        _merged.Clear();
        BlockMerge.Merge(_day, _hour, _merged);
        return _merged;
    }

    private void Decode(ReadOnlySpan<byte> body)
    {
        try
        {
            _reader.Decode(body, _day);
        }
        catch (TornDataException)
        {
            // The hours that still have samples come back as they are sealed again; the others of the day are lost.
            _day.Clear();
        }
    }
}
