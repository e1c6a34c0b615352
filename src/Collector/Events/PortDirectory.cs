using System.Collections.Concurrent;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Events;

/// <summary>
/// Which polled interface has which ifIndex now: traps name ports by it, and it moves from one port to another when a device renumbers. Fed by the points of
/// interfaces as they come; a host that was not polled since the start is looked up in the store once. Safe for concurrent use.
/// </summary>
internal sealed class PortDirectory(TimeSeriesStore store)
{
    public const string Measurement = "interface";

    /// <summary>A row that was last polled longer ago says nothing about a trap of today.</summary>
    private const long Memory = 24L * 3_600 * 1_000_000_000;

    private readonly ConcurrentDictionary<(string Host, long Index), Series> _ports = new();
    private readonly ConcurrentDictionary<string, bool> _looked = new(StringComparer.Ordinal);

    /// <summary>Notes that a series has moved from one index to another; NaN is none.</summary>
    public void Move(Series series, double from, double to)
    {
        if (series.Key.FindTag("host") is not { } host)
        {
            return;
        }

        if (!double.IsNaN(from))
        {
            _ports.TryRemove(new KeyValuePair<(string, long), Series>((host, (long)from), series));
        }

        if (!double.IsNaN(to))
        {
            _ports[(host, (long)to)] = series;
        }
    }

    /// <summary>The interface of a host with an index, as it was polled last; null when none is known.</summary>
    public Series? Find(string host, long index, SeriesReader reader, long now)
    {
        if (_looked.TryAdd(host, true))
        {
            LookUp(host, reader, now - Memory);
        }

        return _ports.GetValueOrDefault((host, index));
    }

    private void LookUp(string host, SeriesReader reader, long since)
    {
        var newest = new Dictionary<long, (long Time, Series Series)>();
        foreach (var series in store.Index.Find(Measurement, TagMatcher.Equal("host", host)))
        {
            if (series.FindField("ifIndex") is >= 0 and var field && reader.TryLast(series, field, since, out var time, out var index)
                && index.Kind == FieldKind.Integer && time > newest.GetValueOrDefault(index.Integer).Time)
            {
                newest[index.Integer] = (time, series);
            }
        }

        // What was polled since the start is newer than what the store gave.
        foreach (var (index, (_, series)) in newest)
        {
            _ports.TryAdd((host, index), series);
        }
    }
}
