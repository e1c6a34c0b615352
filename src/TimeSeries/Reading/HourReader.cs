using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Codecs;
using NocMonitor.TimeSeries.Heads;

namespace NocMonitor.TimeSeries.Reading;

/// <summary>Puts one hour of one series together: what is sealed, what is not yet, what is in memory. One thread at a time; its blocks are reused.</summary>
internal sealed class HourReader(ReadConnection connection, Action<long> torn)
{
    private readonly ChunkReader _chunks = new();
    private readonly HeadRows _head = new();
    private readonly SampleBlock _part = new();
    private SampleBlock _block = new();
    private SampleBlock _spare = new();
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
        _block.Clear();
        ReadStored(ChunkId.Of(bucket, _series!.Id));
        var first = _head.Find(ChunkId.Start(bucket));
        var end = _head.Find(ChunkId.Start(bucket + 1));
        if (first < end)
        {
            _part.Clear();
            _head.AppendTo(_part, first, end, _fields);
            AddPart();
        }

        return _block;
    }

    private void ReadStored(long id)
    {
        try
        {
            connection.Hour.Bind(1, id);
            while (connection.Hour.Step())
            {
                if (Decode(connection.Hour.Blob(0), id))
                {
                    AddPart();
                }
            }
        }
        finally
        {
            connection.Hour.Reset();
        }
    }

    private bool Decode(ReadOnlySpan<byte> body, long id)
    {
        _part.Clear();
        try
        {
            _chunks.Decode(body, _part, _fields);
            return true;
        }
        catch (TornDataException)
        {
            torn(id);
            return false;
        }
    }

    private void AddPart()
    {
        if (!BlockMerge.TryAppend(_block, _part))
        {
            _spare.Clear();
            BlockMerge.Merge(_block, _part, _spare);
            (_block, _spare) = (_spare, _block);
        }
    }
}
