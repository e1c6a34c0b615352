using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Codecs;
using NocMonitor.TimeSeries.Reading;

namespace NocMonitor.TimeSeries.Rollups;

/// <summary>Reads the hourly roll-ups of a field: the stored ones, then those of hours not yet sealed, from their samples.</summary>
internal sealed class RollupReader(ReadConnection connection, HourReader hours, Action<long> torn)
{
    private readonly ChunkReader _chunks = new();
    private readonly HourSummary _summary = new();
    private readonly SampleBlock _block = new();

    /// <summary>The roll-ups of the hours that begin in the range.</summary>
    public List<Rollup> Read(Series series, int field, long from, long to)
    {
        var rollups = new List<Rollup>();
        if (from >= to)
        {
            return rollups;
        }

        var (first, last) = (ChunkId.BucketOf(from), ChunkId.BucketOf(to - 1));
        first += ChunkId.Start(first) < from ? 1 : 0;
        var stored = hours.Seek(series, from, ChunkId.Start(last + 1), [field]);
        for (var day = Math.Max(RollupId.DayOf(first), stored.OldestDay); day <= Math.Min(RollupId.DayOf(last), stored.NewestDay); day++)
        {
            ReadDay(RollupId.Of(day, series.Id), field, from, to, rollups);
        }

        var (oldest, newest) = hours.Bounds(stored);
        var unsealed = rollups.Count == 0 ? oldest : ChunkId.BucketOf(rollups[^1].Time) + 1;
        AddUnsealed(field, Math.Max(first, unsealed), Math.Min(last, newest), rollups);
        return rollups;
    }

    private void ReadDay(long id, int field, long from, long to, List<Rollup> rollups)
    {
        _block.Clear();
        try
        {
            if (connection.Rollup.Bind(1, id).Step())
            {
                _chunks.Decode(connection.Rollup.Blob(0), _block, Wanted(field));
            }
        }
        catch (TornDataException)
        {
            torn(id);
            return;
        }
        finally
        {
            connection.Rollup.Reset();
        }

        AddRows(field, from, to, rollups);
    }

    private void AddUnsealed(int field, long bucket, long last, List<Rollup> rollups)
    {
        for (; bucket <= last; bucket++)
        {
            var samples = hours.Read(bucket);
            if (samples.Find(field) is not null)
            {
                _block.Clear();
                _summary.AppendTo(_block, samples, ChunkId.Start(bucket));
                AddRows(field, long.MinValue, long.MaxValue, rollups);
            }
        }
    }

    private void AddRows(int field, long from, long to, List<Rollup> rollups)
    {
        for (var row = 0; row < _block.Count; row++)
        {
            if (_block.Times[row] >= from && _block.Times[row] < to && RollupColumns.TryRead(_block, row, field, out var rollup))
            {
                rollups.Add(rollup);
            }
        }
    }

    private static int[] Wanted(int field) => [.. Enumerable.Range(field * RollupColumns.PerField, RollupColumns.PerField)];
}
