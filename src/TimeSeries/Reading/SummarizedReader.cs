using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Codecs;
using NocMonitor.TimeSeries.Rollups;

namespace NocMonitor.TimeSeries.Reading;

/// <summary>
/// Reads a range of one series hour by hour: whole hours that are sealed, and that nothing came for since, as their roll-ups, any other as samples. One thread at a time; the view of
/// the disk has to be kept meanwhile, so that roll-ups and samples are of one state.
/// </summary>
internal sealed class SummarizedReader(ReadConnection connection, HourReader hours, Action<long> torn)
{
    private const long NoDay = long.MinValue;

    private readonly ChunkReader _chunks = new();
    private readonly SampleBlock _day = new();
    private StoredHours _stored;
    private Series? _series;
    private int[] _columns = [];
    private long _from;
    private long _to;
    private long _bucket;
    private long _lastBucket;
    private long _loadedDay;

    /// <summary>The current hour comes as a row of roll-ups; otherwise <see cref="Samples"/> has it.</summary>
    public bool IsSummary { get; private set; }

    /// <summary>The roll-ups of the current day and the row of the current hour.</summary>
    public (SampleBlock Day, int Row) Summary { get; private set; }

    /// <summary>Turns to a series and a range, from inclusive, to exclusive; fields by their indexes.</summary>
    public void Seek(Series series, long from, long to, int[] fields)
    {
        (_series, _from, _to, _loadedDay) = (series, from, to, NoDay);
        _columns = [.. fields.SelectMany(field => Enumerable.Range(field * RollupColumns.PerField, RollupColumns.PerField))];
        _stored = hours.Seek(series, from, to, fields);
        var (oldest, newest) = hours.Bounds(_stored);
        if (_stored.OldestDay <= _stored.NewestDay)
        {
            oldest = Math.Min(oldest, RollupId.FirstBucket(_stored.OldestDay));
            newest = Math.Max(newest, RollupId.FirstBucket(_stored.NewestDay + 1) - 1);
        }

        _bucket = Math.Max(ChunkId.BucketOf(from), oldest) - 1;
        _lastBucket = from >= to ? long.MinValue : Math.Min(Math.Min(ChunkId.BucketOf(to - 1), newest), series.NewestBucket);
    }

    /// <summary>Forgets the series.</summary>
    public void Clear()
    {
        _series = null;
        _day.Clear();
    }

    /// <summary>Goes on to the next hour; false after the last. An hour without roll-ups may be empty.</summary>
    public bool Read()
    {
        if (_bucket >= _lastBucket)
        {
            return false;
        }

        _bucket++;
        var row = ChunkId.Start(_bucket) >= _from && ChunkId.Start(_bucket + 1) <= _to ? FindRow(_bucket) : -1;
        IsSummary = row >= 0 && !hours.HasLooseRows(_bucket);
        Summary = (_day, row);
        return true;
    }

    /// <summary>The samples of the current hour, perhaps more of them than lie in the range; valid until the next hour.</summary>
    public SampleBlock Samples() => hours.Read(_bucket);

    private int FindRow(long bucket)
    {
        var day = RollupId.DayOf(bucket);
        if (day != _loadedDay)
        {
            Load(day);
        }

        return _day.Times.BinarySearch(ChunkId.Start(bucket));
    }

    private void Load(long day)
    {
        _loadedDay = day;
        _day.Clear();
        if (!_stored.MayHaveRollup(day))
        {
            return;
        }

        var id = RollupId.Of(day, _series!.Id);
        try
        {
            if (connection.Rollup.Bind(1, id).Step())
            {
                _chunks.Decode(connection.Rollup.Blob(0), _day, _columns);
            }
        }
        catch (TornDataException)
        {
            _day.Clear();
            torn(id);
        }
        finally
        {
            connection.Rollup.Reset();
        }
    }
}
