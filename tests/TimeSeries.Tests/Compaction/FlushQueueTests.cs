using NocMonitor.TimeSeries.Compaction;
using NocMonitor.TimeSeries.Index;

namespace NocMonitor.TimeSeries.Tests.Compaction;

public class FlushQueueTests
{
    [Test]
    public void A_series_waits_once_however_many_rows_come()
    {
        var queue = new FlushQueue();
        var series = Some(7);

        for (var rows = 1; rows <= 2000; rows++)
        {
            queue.Offer(series, rows);
        }

        Assert.That(queue.TryTake(out var taken), Is.True);
        Assert.That((taken, queue.TryTake(out _)), Is.EqualTo((series, false)));
        queue.Offer(series, 2001);
        Assert.That(queue.TryTake(out _), Is.True);
    }

    [Test]
    public void Series_that_grow_together_are_spread_and_neighbours_keep_together()
    {
        var wanted = Enumerable.Range(0, 16_000).Select(FlushQueue.RowsWanted).ToList();

        Assert.That(wanted.GroupBy(rows => rows).Select(group => group.Count()), Is.All.InRange(100, 600));
        Assert.That(wanted.Chunk(16).Select(neighbours => neighbours.Distinct().Count()), Is.All.EqualTo(1));
        Assert.That(wanted, Is.All.InRange(96, 159));
    }

    private static Series Some(int id) => new(id, new KeyArena().Add("m"u8), new FieldLayout(0, []), new Origin("test"), 0);
}
