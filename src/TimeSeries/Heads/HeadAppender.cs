using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Compaction;
using NocMonitor.TimeSeries.Log;

namespace NocMonitor.TimeSeries.Heads;

/// <summary>Puts batches that are on disk into the heads of their series. Called by the log's thread, and by recovery before that runs.</summary>
internal sealed class HeadAppender(SeriesIndex index, HeadMemory memory, FlushQueue full, FreeSpace space, Action hurry) : IGroupSink
{
    private const int SeriesAhead = 12;
    private const int RowsAhead = 6;

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

        if (full.IsPressing)
        {
            hurry();
        }
    }

    public void Append(SampleBatch batch)
    {
        long grown = 0;
        var rows = batch.Rows;
        for (var i = 0; i < rows.Length; i++)
        {
            FetchAhead(rows, i);
            ref readonly var row = ref rows[i];
            var more = Append(batch, row, out var rowsHeld, out var bytesHeld);
            grown += more;
            full.Offer(row.Series, rowsHeld, bytesHeld, more);
        }

        memory.Add(grown);
    }

    /// <summary>
    /// At 100,000 series neither a series nor the end of its rows is in the processor's cache; asking for both a few rows early hides most of the wait.
    /// </summary>
    private static void FetchAhead(ReadOnlySpan<SampleRow> rows, int i)
    {
        if (i + SeriesAhead < rows.Length)
        {
            Prefetch.Object(rows[i + SeriesAhead].Series);
            rows[i + RowsAhead].Series.Head.FetchEnd();
        }
    }

    private long Append(SampleBatch batch, in SampleRow row, out int rowsHeld, out long bytesHeld)
    {
        var series = row.Series;
        lock (series)
        {
            var before = series.Head.Bytes;
            series.Head.Append(batch, row, memory.Arrays);
            if (series.IsDropped)
            {
                index.Revive(series);
            }

            series.NewestBucket = Math.Max(series.NewestBucket, (int)ChunkId.BucketOf(row.Timestamp));
            (rowsHeld, bytesHeld) = (series.Head.Count, series.Head.Bytes);
            return bytesHeld - before;
        }
    }
}
