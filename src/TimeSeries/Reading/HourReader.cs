using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Codecs;
using NocMonitor.TimeSeries.Heads;
using NocMonitor.TimeSeries.Sqlite;

namespace NocMonitor.TimeSeries.Reading;

/// <summary>Puts one hour of one series together: what is sealed, what is not yet, what is in memory. One thread at a time; its blocks are reused.</summary>
internal sealed class HourReader(ReadConnection connection, Action<long> torn)
{
    private readonly HourBlock _hour = new();
    private readonly HeadRows _head = new();
    private readonly SampleBlock _part = new();
    private Series? _series;
    private IReadOnlyCollection<int>? _fields;

    /// <summary>
    /// Turns to a series and copies its head. Memory comes first and the disk second: a sample that moves to disk in between is then seen twice and
    /// merged, never missed.
    /// </summary>
    public void Seek(Series series, IReadOnlyCollection<int>? fields)
    {
        (_series, _fields) = (series, fields);
        lock (series)
        {
            series.Head.CopyTo(_head, freeze: false);
        }
    }

    /// <summary>The first and last hour that may have anything.</summary>
    public (long Oldest, long Newest) Bounds()
    {
        var (oldest, newest) = connection.Buckets();
        return _head.Count == 0
            ? (oldest, newest)
            : (Math.Min(oldest, ChunkId.BucketOf(_head.TimeAt(0))), Math.Max(newest, ChunkId.BucketOf(_head.TimeAt(_head.Count - 1))));
    }

    /// <summary>All rows of an hour; valid until the next call.</summary>
    public SampleBlock Read(long bucket)
    {
        _hour.Clear();
        ReadStored(ChunkId.Of(bucket, _series!.Id));
        var first = _head.Find(ChunkId.Start(bucket));
        var end = _head.Find(ChunkId.Start(bucket + 1));
        if (first < end)
        {
            _part.Clear();
            _head.AppendTo(_part, first, end, _fields);
            _hour.Add(_part);
        }

        return _hour.Rows;
    }

    private void ReadStored(long id)
    {
        connection.Begin();
        try
        {
            AddAll(connection.Chunk.Bind(1, id), id);
            AddAll(connection.Partials.Bind(1, PartialId.First(id)).Bind(2, PartialId.Last(id)), id);
        }
        finally
        {
            connection.End();
        }
    }

    private void AddAll(Statement statement, long id)
    {
        try
        {
            while (statement.Step())
            {
                Add(statement.Blob(0), id);
            }
        }
        finally
        {
            statement.Reset();
        }
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
}
