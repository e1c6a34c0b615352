using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Codecs;
using NocMonitor.TimeSeries.Heads;
using NocMonitor.TimeSeries.Reading;
using NocMonitor.TimeSeries.Sqlite;

namespace NocMonitor.TimeSeries;

/// <summary>
/// Reads samples of one series after another, an hour at a time in order of time: <c>reader.Seek(series, from, to); while (reader.Read()) { reader.Block … }</c>.
/// Not safe for concurrent use; open one a thread. Writers never wait for it. It sees everything that was committed before <see cref="Seek"/>.
/// A chunk on disk that turns out torn is left out and counted.
/// </summary>
public sealed class SeriesReader : IDisposable
{
    private readonly ReadConnections _connections;
    private readonly ReadConnection _connection;
    private readonly Action<long> _torn;
    private readonly ChunkReader _chunks = new();
    private readonly HeadRows _head = new();
    private readonly SampleBlock _stored = new();
    private readonly SampleBlock _part = new();
    private readonly SampleBlock _merged = new();
    private readonly SampleBlock _cut = new();
    private Series? _series;
    private IReadOnlyCollection<int>? _fields;
    private long _from;
    private long _to;
    private long _bucket;
    private long _lastBucket;
    private bool _disposed;

    internal SeriesReader(ReadConnections connections, Action<long> torn)
    {
        _connections = connections;
        _connection = connections.Rent();
        _torn = torn;
    }

    /// <summary>The samples of the current hour that lie in the range; overwritten by the next <see cref="Read"/>.</summary>
    public SampleBlock Block { get; private set; } = new();

    /// <summary>Turns to a series and a range of time, from inclusive, to exclusive, in nanoseconds since 1970-01-01 UTC. With fields, only those are unpacked.</summary>
    public void Seek(Series series, long from, long to, IReadOnlyCollection<int>? fields = null)
    {
        (_series, _fields, _from, _to) = (series, fields, from, to);

        // Memory first, disk second: a sample that moves to disk in between is then seen twice and merged, never missed.
        lock (series)
        {
            series.Head.CopyTo(_head, freeze: false);
        }

        var (oldest, newest) = Bounds();
        _bucket = Math.Max(ChunkId.BucketOf(from), oldest);
        _lastBucket = from >= to ? long.MinValue : Math.Min(ChunkId.BucketOf(to - 1), newest);
    }

    /// <summary>Goes on to the next hour that has samples; false after the last.</summary>
    public bool Read()
    {
        while (_bucket <= _lastBucket)
        {
            Block = ReadBucket(_bucket++);
            if (Block.Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _connections.Return(_connection);
        }
    }

    /// <summary>The first and last hour that may have anything: of the whole files, and of the series' head.</summary>
    private (long Oldest, long Newest) Bounds()
    {
        var (oldest, newest) = _connection.Buckets();
        return _head.Count == 0
            ? (oldest, newest)
            : (Math.Min(oldest, ChunkId.BucketOf(_head.TimeAt(0))), Math.Max(newest, ChunkId.BucketOf(_head.TimeAt(_head.Count - 1))));
    }

    private SampleBlock ReadBucket(long bucket)
    {
        var id = ChunkId.Of(bucket, _series!.Id);
        _connection.Begin();
        try
        {
            Load(_connection.Chunk, id, _stored);
            Load(_connection.Partial, id, _part);
        }
        finally
        {
            _connection.End();
        }

        var block = Join(_stored, _part, _merged);
        var first = _head.Find(ChunkId.Start(bucket));
        var end = _head.Find(ChunkId.Start(bucket + 1));
        if (first < end)
        {
            _part.Clear();
            _head.AppendTo(_part, first, end, _fields);
            block = Join(block, _part, ReferenceEquals(block, _merged) ? _stored : _merged);
        }

        return Cut(block);
    }

    private void Load(Statement statement, long id, SampleBlock into)
    {
        into.Clear();
        try
        {
            if (statement.Bind(1, id).Step())
            {
                _chunks.Decode(statement.Blob(0), into, _fields);
            }
        }
        catch (TornDataException)
        {
            into.Clear();
            _torn(id);
        }
        finally
        {
            statement.Reset();
        }
    }

    private static SampleBlock Join(SampleBlock earlier, SampleBlock later, SampleBlock spare)
    {
        if (BlockMerge.TryAppend(earlier, later))
        {
            return earlier;
        }

        spare.Clear();
        BlockMerge.Merge(earlier, later, spare);
        return spare;
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
