using NocMonitor.Collector.Rules.Windows;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Rules.Evaluation;

/// <summary>
/// Gives a series that was known before the start its memory back from the store: its windows up to the sample in hand, and whether that
/// sample is older than what the collector has seen before. One shard's; not safe for concurrent use.
/// </summary>
internal sealed class SeriesHistory(TimeSeriesStore store) : IDisposable
{
    private const long Week = 7L * 86_400 * 1_000_000_000;
    /// <summary>Batches may be handed over in another order than they were numbered, but not by more than this.</summary>
    private const int MostOutOfOrder = 256;

    private const long Hour = 3_600L * 1_000_000_000;

    private readonly SeriesReader _reader = store.OpenReader();

    /// <summary>The newest time after another that the store has of a series, of those that satisfy a condition; null when there is none.</summary>
    public long? NewestAfter(Series series, long time, Func<long, bool> counts)
    {
        long? newest = null;
        _reader.Seek(series, time + 1, long.MaxValue, []);
        while (_reader.Read())
        {
            foreach (var other in _reader.Block.Times)
            {
                newest = counts(other) ? other : newest;
            }
        }

        return newest;
    }

    /// <summary>
    /// The times by series in batches of the log from shortly before a sequence on: those that were committed and are on their way to evaluation, and some that have
    /// been through it.
    /// </summary>
    public Dictionary<int, HashSet<long>> TimesOnTheWay(long sequence)
    {
        var times = new Dictionary<int, HashSet<long>>();
        foreach (var batch in store.Replay(Math.Max(0, sequence - MostOutOfOrder)))
        {
            foreach (ref readonly var row in batch.Rows)
            {
                if (!times.TryGetValue(row.Series.Id, out var own))
                {
                    times.Add(row.Series.Id, own = []);
                }

                own.Add(row.Timestamp);
            }

            batch.Dispose();
        }

        return times;
    }

    /// <summary>Whether the store has samples of a series from a time on.</summary>
    public bool HasSince(Series series, long time)
    {
        _reader.Seek(series, time, long.MaxValue, []);
        return _reader.Read();
    }

    /// <summary>Makes the windows of an identity and fills them with what lies before a time.</summary>
    public void FillWindows(SeriesIdentity identity, FieldMap map, long before)
    {
        var specs = identity.Bound.Slots.Windows;
        var windows = identity.Windows!;
        var longest = identity.Bound.Windows.Max(index => specs[index].Length);
        var fields = identity.Bound.Windows.Select(index => map.FieldOf(specs[index].Slot)).Where(field => field >= 0).Distinct().ToArray();
        if (fields.Length == 0 || longest == 0)
        {
            return;
        }

        // A counter wants one sample before its window begins.
        _reader.Seek(identity.Series, before - (2 * longest), before, fields);
        while (_reader.Read())
        {
            foreach (var index in identity.Bound.Windows)
            {
                if (specs[index].Kind != WindowKind.Baseline && _reader.Block.Find(map.FieldOf(specs[index].Slot)) is { } column)
                {
                    Feed(windows[index]!, column);
                }
            }
        }
    }

    /// <summary>The means of the same hour of the week in the weeks before, the last one first.</summary>
    public List<double> SameHours(Series series, int field, long time)
    {
        var start = time - (time % Hour);
        var means = new List<double>();
        for (var week = 1; week <= BaselineWindow.MostWeeks && field >= 0; week++)
        {
            var from = start - (week * Week);
            means.AddRange(_reader.Rollups(series, field, from, from + Hour).Where(hour => hour.Count > 0).Select(hour => hour.Mean));
        }

        return means;
    }

    /// <summary>The newest value of a field since a time, as a number; NaN when there is none.</summary>
    public double Last(Series series, int field, long since) =>
        field >= 0 && _reader.TryLast(series, field, since, out _, out var value) ? value.AsDouble() : double.NaN;

    public void Dispose() => _reader.Dispose();

    private void Feed(SeriesWindow window, SampleColumn column)
    {
        var block = _reader.Block;
        for (var row = 0; row < column.Count; row++)
        {
            if (!column.IsPresent(row))
            {
                continue;
            }

            var bits = column.Bits[row];
            window.Take(block.Times[row], column.Kind == FieldKind.String ? SampleFrame.TextNumber(block.Text(bits)) : FieldValue.FromBits(column.Kind, bits).AsDouble());
        }
    }
}
