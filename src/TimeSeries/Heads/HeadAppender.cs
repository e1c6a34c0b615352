using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Compaction;
using NocMonitor.TimeSeries.Log;

namespace NocMonitor.TimeSeries.Heads;

/// <summary>Puts batches that are on disk into the heads of their series. Called by the log's thread, and by recovery before that runs.</summary>
internal sealed class HeadAppender(HeadMemory memory, FlushQueue full, FreeSpace space, Action hurry) : IGroupSink
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    public StoreUnavailableException? Refusal()
    {
        if (memory.IsTight)
        {
            hurry();
            if (!memory.WaitForRoom(LongestWait))
            {
                return new StoreUnavailableException("samples come in faster than they can be moved to disk");
            }
        }

        return space.Refusal();
    }

    public void Accept(IReadOnlyList<PendingCommit> group)
    {
        foreach (var commit in group)
        {
            Append(commit.Batch);
        }
    }

    public void Append(SampleBatch batch)
    {
        long grown = 0;
        foreach (ref readonly var row in batch.Rows)
        {
            var series = row.Series;
            int rows;
            lock (series)
            {
                var before = series.Head.Bytes;
                series.Head.Append(batch, row, memory.Arrays);
                grown += series.Head.Bytes - before;
                rows = series.Head.Count;
                series.NewestBucket = Math.Max(series.NewestBucket, (int)ChunkId.BucketOf(row.Timestamp));
            }

            full.Offer(series, rows);
        }

        memory.Add(grown);
    }
}
