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
    private readonly RollupPacking _writer = new();
    private readonly HourBlock _day = new();
    private readonly SampleBlock _row = new();

    public void Write(long chunkId, SampleBlock hour)
    {
        var bucket = ChunkId.Bucket(chunkId);
        var id = RollupId.Of(RollupId.DayOf(bucket), ChunkId.Series(chunkId));
        _row.Clear();
        _summary.AppendTo(_row, hour, ChunkId.Start(bucket));
        _day.Clear();
        file.ReadRollup(id, Load);
        _day.Add(_row);
        file.WriteRollup(id, _writer.Encode(_day.Rows));
    }

    /// <summary>Takes a stretch of hours, the last one included, out of a day.</summary>
    public void Remove(long day, int series, long firstBucket, long lastBucket)
    {
        var id = RollupId.Of(day, series);
        _day.Clear();
        if (!file.ReadRollup(id, Load))
        {
            return;
        }

        var (first, last) = (ChunkId.Start(firstBucket), ChunkId.Start(lastBucket));
        _row.Clear();
        for (var hour = 0; hour < _day.Rows.Count; hour++)
        {
            if (_day.Rows.Times[hour] < first || _day.Rows.Times[hour] > last)
            {
                BlockMerge.Append(_row, _day.Rows, hour, 1);
            }
        }

        if (_row.Count == _day.Rows.Count && _row.Count > 0)
        {
            return;
        }

        if (_row.Count == 0)
        {
            file.DeleteRollup(id);
        }
        else
        {
            file.WriteRollup(id, _writer.Encode(_row));
        }
    }

    private void Load(ReadOnlySpan<byte> body)
    {
        try
        {
            _day.Add(body);
        }
        catch (TornDataException)
        {
            // The hours that still have samples come back as they are sealed again; the others of the day are lost.
            _day.Clear();
        }
    }
}
