using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Codecs;
using NocMonitor.TimeSeries.Compaction;
using NocMonitor.TimeSeries.Heads;
using NocMonitor.TimeSeries.Sqlite;

namespace NocMonitor.TimeSeries.Reading;

/// <summary>Puts one hour of one series together: what is sealed, what is not yet, what is in memory. One thread at a time; its blocks are reused.</summary>
internal sealed class HourReader(ReadConnection connection, Action<long> torn)
{
    private readonly HourBlock _hour = new();
    private readonly HeadRows _unsorted = new();
    private readonly SampleBlock _head = new();
    private Series? _series;
    private int[]? _fields;
    private BlobReceiver? _addPacked;
    private long _packed;

    /// <summary>The view stays open between hours and series, until <see cref="Rest"/> or until a series needs a newer one; otherwise it is open during an hour.</summary>
    public bool KeepsView { get; set; }

    /// <summary>
    /// Turns to a series and copies what its head has of the range. Memory comes first and the disk second: a sample that moves to disk in between is then seen twice and merged,
    /// never missed. An open view is older than that, and is used only when nothing has left memory since it was opened.
    /// </summary>
    public StoredHours Seek(Series series, long from, long to, int[]? fields)
    {
        (_series, _fields) = (series, fields);
        _head.Clear();
        lock (series)
        {
            series.Head.CopyTo(_head, from, to, fields, _unsorted);
        }

        connection.CloseOutdatedView();
        try
        {
            connection.OpenView();
            return connection.Hours();
        }
        finally
        {
            RestAtOnce();
        }
    }

    /// <summary>The newest row of a series when it is in memory for sure; null when it has to be looked for.</summary>
    public SampleBlock? Newest(Series series, int[]? fields)
    {
        _head.Clear();
        lock (series)
        {
            var found = series.Head.TryCopyNewest(_head, fields) && _head.Times[0] >= series.NewestOnDisk;
            return found ? _head : null;
        }
    }

    /// <summary>The first and last hour that may have anything of the range.</summary>
    public (long Oldest, long Newest) Bounds(StoredHours stored) => _head.Count == 0
        ? (stored.Oldest, stored.Newest)
        : (Math.Min(stored.Oldest, ChunkId.BucketOf(_head.Times[0])), Math.Max(stored.Newest, ChunkId.BucketOf(_head.Times[^1])));

    /// <summary>All rows of an hour, those in memory only as far as they lie in the range; valid until the next call.</summary>
    public SampleBlock Read(long bucket)
    {
        _hour.Clear();
        ReadStored(bucket);
        var (first, end) = HeadRowsOf(bucket);
        if (first == end)
        {
            return _hour.Rows;
        }

        if (_hour.Rows.Count == 0 && end - first == _head.Count)
        {
            return _head;
        }

        _hour.Add(_head, first, end - first);
        return _hour.Rows;
    }

    /// <summary>Whether an hour has rows that are not in its chunk yet, and so not in its roll-up.</summary>
    public bool HasLooseRows(long bucket)
    {
        var (first, end) = HeadRowsOf(bucket);
        return first < end || (connection.KnownHours?.MayHaveParts(bucket) != false && HasParts(ChunkId.Of(bucket, _series!.Id)));
    }

    /// <summary>Values that the buffers hold at most.</summary>
    public long Capacity => _hour.Capacity + _head.Capacity + _unsorted.Capacity;

    /// <summary>Forgets what has been read; the buffers stay.</summary>
    public void Clear()
    {
        (_series, _fields) = (null, null);
        _hour.Clear();
        _head.Clear();
        _unsorted.Clear();
    }

    /// <summary>Ends the view.</summary>
    public void Rest() => connection.CloseView();

    private (int First, int End) HeadRowsOf(long bucket) => _head.Count == 0
        ? (0, 0)
        : (LowerBound(_head.Times, ChunkId.Start(bucket)), LowerBound(_head.Times, ChunkId.Start(bucket + 1)));

    private void ReadStored(long bucket)
    {
        var id = ChunkId.Of(bucket, _series!.Id);
        try
        {
            connection.OpenView();
            var known = connection.KnownHours;
            var isSingle = known?.MayHaveChunk(bucket) != false && AddAll(connection.Chunk.Bind(1, id), id);
            if (!isSingle && known?.MayHavePack(bucket) != false)
            {
                AddPacked(id);
            }

            if (known?.MayHaveParts(bucket) != false)
            {
                AddAll(connection.Partials.Bind(1, PartialId.First(id)).Bind(2, PartialId.Last(id)), id);
            }
        }
        finally
        {
            RestAtOnce();
        }
    }

    private bool HasParts(long id)
    {
        try
        {
            connection.OpenView();
            return connection.Partials.Bind(1, PartialId.First(id)).Bind(2, PartialId.Last(id)).Step();
        }
        finally
        {
            connection.Partials.Reset();
            RestAtOnce();
        }
    }

    private void RestAtOnce()
    {
        if (!KeepsView)
        {
            connection.CloseView();
        }
    }

    private void AddPacked(long id)
    {
        try
        {
            _packed = id;
            connection.Packs.Read(id, _addPacked ??= body => Add(body, _packed));
        }
        catch (TornDataException)
        {
            torn(id);
        }
    }

    /// <summary>False when there is nothing.</summary>
    private bool AddAll(Statement statement, long id)
    {
        var any = false;
        try
        {
            while (statement.Step())
            {
                any = true;
                Add(statement.Blob(0), id);
            }
        }
        finally
        {
            statement.Reset();
        }

        return any;
    }

    private void Add(ReadOnlySpan<byte> body, long id)
    {
        try
        {
            _hour.Add(body, _fields);
        }
        catch (TornDataException)
        {
            torn(id);
        }
    }

    private static int LowerBound(ReadOnlySpan<long> times, long time)
    {
        var index = times.BinarySearch(time);
        return index < 0 ? ~index : index;
    }
}
