using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Reading;
using NocMonitor.TimeSeries.Sqlite;

namespace NocMonitor.TimeSeries;

/// <summary>
/// Reads samples of one series after another, an hour at a time in order of time: <c>reader.Seek(series, from, to); while (reader.Read()) { reader.Block … }</c>.
/// Not safe for concurrent use; open one a thread. Writers never wait for it. It sees everything that was committed before <see cref="Seek"/>.
/// A chunk on disk that turns out torn is left out and logged; a file that cannot be read at all is a <see cref="StoreUnavailableException"/>.
/// </summary>
public sealed class SeriesReader : IDisposable
{
    private readonly ReadConnections _connections;
    private readonly ReaderParts _parts;
    private readonly HourReader _hours;
    private readonly SampleBlock _cut;
    private long _from;
    private long _to;
    private long _bucket;
    private long _lastBucket;
    private bool _disposed;

    internal SeriesReader(ReadConnections connections)
    {
        _connections = connections;
        _parts = connections.Rent();
        (_hours, _cut) = (_parts.Hours, _parts.Cut);
        Block = _cut;
    }

    /// <summary>The samples of the current hour that lie in the range; overwritten by the next <see cref="Read"/>.</summary>
    public SampleBlock Block { get; private set; }

    /// <summary>
    /// Turns to a series and a range of time, from inclusive, to exclusive, in nanoseconds since 1970-01-01 UTC. With fields, by their indexes into
    /// <see cref="Series.Fields"/>, only those are unpacked; rows without any of them still come.
    /// </summary>
    public void Seek(Series series, long from, long to, IReadOnlyCollection<int>? fields = null)
    {
        (_from, _to) = (from, to);
        var (oldest, newest) = _hours.Bounds(Turn(series, fields as int[] ?? fields?.ToArray()));
        _bucket = Math.Max(ChunkId.BucketOf(from), oldest);
        _lastBucket = from >= to ? long.MinValue : Math.Min(Math.Min(ChunkId.BucketOf(to - 1), newest), series.NewestBucket);
    }

    /// <summary>Goes on to the next hour that has samples; false after the last.</summary>
    public bool Read()
    {
        while (_bucket <= _lastBucket)
        {
            Block = Cut(Hour(_bucket++));
            if (Block.Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Goes back to the hour before, from the end of the range on; false after the first. Its rows ascend all the same. Not to be mixed with <see cref="Read"/>.</summary>
    public bool ReadBack()
    {
        while (_bucket <= _lastBucket)
        {
            Block = Cut(Hour(_lastBucket--));
            if (Block.Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// What has been read of the disk stays in one view from series to series, until <see cref="Rest"/>: cheaper, for who reads many at a stretch and does not wait meanwhile.
    /// </summary>
    internal bool KeepsView
    {
        get => _hours.KeepsView;
        set => _hours.KeepsView = value;
    }

    /// <summary>Reads by hours, in roll-ups where they do. Ends what <see cref="Seek"/> began; needs <see cref="KeepsView"/>.</summary>
    internal SummarizedReader Summarized => _parts.Summarized;

    /// <summary>Ends the view of the disk.</summary>
    internal void Rest() => _hours.Rest();

    /// <summary>The newest row of a series, when it is in memory and in the range; null when it has to be read. Ends what <see cref="Seek"/> began.</summary>
    internal SampleBlock? Newest(Series series, long from, long to, int[] fields)
    {
        _bucket = _lastBucket + 1;
        return _hours.Newest(series, fields) is { } newest && newest.Times[0] >= from && newest.Times[0] < to ? newest : null;
    }

    /// <summary>The time before which nothing lies of what <see cref="Seek"/> turned to: the start of an hour, or the start of the range.</summary>
    internal long NotBefore => Math.Max(_from, ChunkId.Start(Math.Max(_bucket, ChunkId.BucketOf(long.MinValue) + 1)));

    /// <summary>The newest value of a field that is not older than a time; false when there is none. Ends what <see cref="Seek"/> began.</summary>
    public bool TryLast(Series series, int field, long from, out long time, out FieldValue value)
    {
        int[] fields = [field];
        _bucket = _lastBucket + 1;
        if (_hours.Newest(series, fields) is { } newest && newest.Find(field) is { } here)
        {
            (time, value) = (newest.Times[0], newest.Value(here, 0)!.Value);
            return time >= from && time != long.MaxValue;
        }

        for (Seek(series, from, long.MaxValue, fields); ReadBack();)
        {
            if (Block.Find(field) is { } column && LastRow(column) is var row && row >= 0)
            {
                (time, value) = (Block.Times[row], Block.Value(column, row)!.Value);
                _bucket = _lastBucket + 1;
                return true;
            }
        }

        (time, value) = (0, default);
        return false;
    }

    /// <summary>
    /// The hourly roll-ups of a field whose hours begin in the range, in order of time. Hours that are not sealed yet are summed up on the spot;
    /// samples that come later than that show when their hour is sealed again. Ends what <see cref="Seek"/> began.
    /// </summary>
    public IReadOnlyList<Rollup> Rollups(Series series, int field, long from, long to)
    {
        _lastBucket = long.MinValue;
        return _parts.Rollups.Read(series, field, from, to);
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _hours.Rest();
            _hours.KeepsView = false;
            _connections.Return(_parts);
        }
    }

    private StoredHours Turn(Series series, int[]? fields)
    {
        try
        {
            return _hours.Seek(series, _from, _to, fields);
        }
        catch (DatabaseException fault)
        {
            throw Unreadable(fault);
        }
    }

    private SampleBlock Hour(long bucket)
    {
        try
        {
            return _hours.Read(bucket);
        }
        catch (DatabaseException fault)
        {
            throw Unreadable(fault);
        }
    }

    private static StoreUnavailableException Unreadable(DatabaseException fault) => new($"samples cannot be read: {fault.Message}", fault);

    private static int LastRow(SampleColumn column)
    {
        var row = column.Count - 1;
        while (row >= 0 && !column.IsPresent(row))
        {
            row--;
        }

        return row;
    }

    private SampleBlock Cut(SampleBlock block)
    {
        if (block.Count == 0 || (block.Times[0] >= _from && block.Times[^1] < _to))
        {
            return block;
        }

        var first = LowerBound(block.Times, _from);
        var end = LowerBound(block.Times, _to);
        _cut.Clear();
        if (first < end)
        {
            BlockMerge.Append(_cut, block, first, end - first);
        }

        return _cut;
    }

    private static int LowerBound(ReadOnlySpan<long> times, long time)
    {
        var index = times.BinarySearch(time);
        return index < 0 ? ~index : index;
    }
}
