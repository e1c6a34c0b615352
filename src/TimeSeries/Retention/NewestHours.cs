using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Compaction;
using NocMonitor.TimeSeries.Rollups;

namespace NocMonitor.TimeSeries.Retention;

/// <summary>
/// Knows whether all that a series ever had is past its retention. While the process runs each series knows its newest hour; for one that nothing came for since the start the newest day
/// with roll-ups is looked up, some a run. Used under the compaction's lock alone.
/// </summary>
internal sealed class NewestHours(ChunkFile file, SeriesIndex index, StoreOptions options, SampleRetention retention)
{
    private const int LookUpsPerRun = 50_000;

    private long _oldest;
    private long _newestDay;
    private int _lookUpsLeft;

    /// <summary>Begins a run, after the retention has done its work.</summary>
    public void Begin()
    {
        _oldest = retention.OldestBucket();
        _newestDay = Math.Min(file.RollupDays().Newest, RollupId.DayOf(index.NewestStored));
        _lookUpsLeft = CanLookUp() ? LookUpsPerRun : 0;
    }

    public bool IsPast(Series series)
    {
        lock (series)
        {
            if (series.Head.Count > 0 || series.NewestBucket < _oldest || series.NewestBucket != index.NewestStored || _lookUpsLeft <= 0)
            {
                return IsPastNow(series);
            }
        }

        // The compaction's lock is held: nothing moves to disk meanwhile.
        var newest = LookUp(series.Id);
        lock (series)
        {
            if (newest is { } bucket && series.Head.Count == 0 && series.NewestBucket == index.NewestStored)
            {
                series.NewestBucket = (int)Math.Min(bucket, series.NewestBucket);
            }

            return IsPastNow(series);
        }
    }

    /// <summary>The same without a look at the disk. The caller holds a lock on the series.</summary>
    public bool IsPastNow(Series series) => series.Head.Count == 0 && series.NewestBucket < _oldest;

    /// <summary>Every sealed hour is in a roll-up, as long as those are kept longer; the hours of before the start have to be sealed for it.</summary>
    private bool CanLookUp() => options.RollupRetention >= options.Retention && index.NewestStored > int.MinValue
        && file.Partials.HoursBelow(ChunkId.Of(index.NewestStored + 1L, 0), 1).Count == 0;

    /// <summary>The last hour of the newest day that has roll-ups; the smallest number when none has, null when that is not known yet.</summary>
    private long? LookUp(int series)
    {
        var day = _newestDay;
        for (; day >= RollupId.DayOf(_oldest) && !file.HasRollup(RollupId.Of(day, series)); day--)
        {
            _lookUpsLeft--;
        }

        _lookUpsLeft--;
        return day >= RollupId.DayOf(_oldest) ? RollupId.FirstBucket(day + 1) - 1 : int.MinValue;
    }
}
