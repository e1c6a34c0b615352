using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Codecs;
using NocMonitor.TimeSeries.Rollups;

namespace NocMonitor.TimeSeries.Compaction;

/// <summary>
/// Takes samples of some series and a range of time out of the chunk file, with their roll-ups, a day at a time: hours that go as a whole without unpacking them, the two at the ends of the
/// range cut. Works inside a transaction of its caller, after the series' heads have been flushed. Used by the compaction alone.
/// </summary>
internal sealed class SampleDeletion(ChunkFile file)
{
    private readonly RollupWriter _rollups = new(file);
    private readonly ChunkWriter _writer = new(new EntropyPacking());
    private readonly HourBlock _hour = new();
    private readonly SampleBlock _kept = new();
    private readonly List<int> _cut = [];
    private readonly List<(long Id, byte[] Body)> _rewritten = [];

    /// <summary>The days that a range has anything on disk of; the last one included.</summary>
    public (long First, long Last) Days(long from, long to)
    {
        var (oldest, newest) = file.Buckets();
        var (oldestDay, newestDay) = file.RollupDays();
        var first = Math.Min(oldest <= newest ? RollupId.DayOf(oldest) : long.MaxValue, oldestDay);
        var last = Math.Max(oldest <= newest ? RollupId.DayOf(newest) : long.MinValue, newestDay);
        return (Math.Max(first, RollupId.DayOf(ChunkId.BucketOf(from))), Math.Min(last, RollupId.DayOf(ChunkId.BucketOf(to - 1))));
    }

    /// <param name="day">The day.</param>
    /// <param name="series">In order.</param>
    /// <param name="from">Inclusive.</param>
    /// <param name="to">Exclusive.</param>
    /// <returns>How many rows and chunks went or were cut.</returns>
    public int Delete(long day, ReadOnlySpan<int> series, long from, long to)
    {
        var first = Math.Max(ChunkId.BucketOf(from), RollupId.FirstBucket(day));
        var last = Math.Min(ChunkId.BucketOf(to - 1), RollupId.FirstBucket(day + 1) - 1);
        var cutsFirst = from > ChunkId.Start(first);
        var cutsLast = to < ChunkId.Start(last + 1) && (last > first || !cutsFirst);
        var (wholeFirst, wholeLast) = (first + (cutsFirst ? 1 : 0), last - (cutsLast ? 1 : 0));
        var deleted = DeleteWhole(day, series, wholeFirst, wholeLast);
        deleted += cutsFirst ? Cut(first, series, from, to) : 0;
        return deleted + (cutsLast ? Cut(last, series, from, to) : 0);
    }

    private int DeleteWhole(long day, ReadOnlySpan<int> series, long first, long last)
    {
        if (first > last)
        {
            return 0;
        }

        var (oldest, newest) = file.Buckets();
        var deleted = 0;
        for (var bucket = Math.Max(first, oldest); bucket <= Math.Min(last, newest); bucket++)
        {
            deleted += file.DeleteHour(bucket, series);
        }

        if (first == RollupId.FirstBucket(day) && last == RollupId.FirstBucket(day + 1) - 1)
        {
            return deleted + file.DeleteRollups(day, series);
        }

        foreach (var id in series)
        {
            _rollups.Remove(day, id, first, last);
        }

        return deleted + series.Length;
    }

    /// <summary>Rewrites an hour of those series that have rows in the range.</summary>
    private int Cut(long bucket, ReadOnlySpan<int> series, long from, long to)
    {
        _cut.Clear();
        _rewritten.Clear();
        foreach (var one in series)
        {
            if (Keep(ChunkId.Of(bucket, one), from, to))
            {
                _cut.Add(one);
                Rewrite(ChunkId.Of(bucket, one));
            }
        }

        file.DeleteHour(bucket, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_cut));
        foreach (var (id, body) in _rewritten)
        {
            file.WriteChunk(id, body);
        }

        return 2 * _cut.Count;
    }

    private void Rewrite(long id)
    {
        var bucket = ChunkId.Bucket(id);
        if (_kept.Count == 0)
        {
            _rollups.Remove(RollupId.DayOf(bucket), ChunkId.Series(id), bucket, bucket);
            return;
        }

        _rewritten.Add((id, _writer.Encode(_kept).ToArray()));
        _rollups.Write(id, _kept);
    }

    /// <summary>Collects the rows of an hour that lie outside of the range; false when none lies in it.</summary>
    private bool Keep(long id, long from, long to)
    {
        _kept.Clear();
        _hour.Clear();
        ReadChunk(id);
        file.Partials.Read(id, Add);
        var rows = _hour.Rows;
        var first = LowerBound(rows.Times, from);
        var end = Math.Max(first, LowerBound(rows.Times, to));
        if (first == end)
        {
            return false;
        }

        BlockMerge.Append(_kept, rows, 0, first);
        BlockMerge.Append(_kept, rows, end, rows.Count - end);
        return true;
    }

    private void ReadChunk(long id)
    {
        try
        {
            file.ReadChunk(id, Add);
        }
        catch (TornDataException)
        {
            return;
        }
    }

    /// <summary>What cannot be read any more need not be kept.</summary>
    private void Add(ReadOnlySpan<byte> body)
    {
        try
        {
            _hour.Add(body);
        }
        catch (TornDataException)
        {
            return;
        }
    }

    private static int LowerBound(ReadOnlySpan<long> times, long time)
    {
        var index = times.BinarySearch(time);
        return index < 0 ? ~index : index;
    }
}
