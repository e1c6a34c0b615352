using NocMonitor.TimeSeries.Compaction;
using NocMonitor.TimeSeries.Tests.Support;

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
            queue.Offer(series, rows, bytes: rows * 16, grown: 16);
        }

        Assert.That(queue.TryTake(out var taken), Is.True);
        Assert.That((taken, queue.TryTake(out _)), Is.EqualTo((series, false)));
    }

    [Test]
    public void A_series_that_is_being_flushed_is_not_offered_again_until_that_is_done()
    {
        var queue = new FlushQueue();
        var series = Some(7);
        queue.Offer(series, rows: 200, bytes: 3200, grown: 16);
        queue.TryTake(out _);

        queue.Offer(series, rows: 201, bytes: 3216, grown: 16);
        var meanwhile = queue.TryTake(out _);
        FlushQueue.Done(series);
        queue.Offer(series, rows: 202, bytes: 3232, grown: 16);

        Assert.That((meanwhile, queue.TryTake(out _)), Is.EqualTo((false, true)));
    }

    [Test]
    public void What_waits_is_counted_in_bytes_from_the_last_taking_on()
    {
        var queue = new FlushQueue();
        var series = Some(7);

        queue.Offer(series, rows: 50, bytes: FlushQueue.PressingBytes * 2, grown: FlushQueue.PressingBytes);
        var early = queue.IsPressing;
        queue.Offer(series, rows: 200, bytes: FlushQueue.PressingBytes - 1, grown: 16);
        var full = queue.IsPressing;
        queue.Offer(series, rows: 201, bytes: FlushQueue.PressingBytes, grown: 1);
        var grown = queue.IsPressing;
        queue.BeginTaking();

        Assert.That((early, full, grown, queue.IsPressing), Is.EqualTo((false, false, true, false)));
    }

    [Test]
    public void Series_that_grow_together_are_spread_and_neighbours_keep_together()
    {
        var wanted = Enumerable.Range(0, 16_000).Select(FlushQueue.RowsWanted).ToList();

        Assert.That(wanted.GroupBy(rows => rows).Select(group => group.Count()), Is.All.InRange(100, 600));
        Assert.That(wanted.Chunk(16).Select(neighbours => neighbours.Distinct().Count()), Is.All.EqualTo(1));
        Assert.That(wanted, Is.All.InRange(96, 159));
    }

    private static Series Some(int id) => new KeyedSeries().Add("m", id: id);
}
