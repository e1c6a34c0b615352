using System.Text;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Catalog;
using NocMonitor.TimeSeries.Index;

namespace NocMonitor.TimeSeries;

/// <summary>How series, fields and layouts come to be. Everything here that changes something holds the lock.</summary>
public sealed partial class SeriesIndex
{
    private readonly Lock _lock = new();
    /// <summary>Of one series no more ways to write it are remembered: they all have one hash.</summary>
    private const int MostSpellings = 4;

    private readonly SeriesKeys _keys;
    private readonly SeriesTable _table;
    private readonly StringPool _strings = new();
    private readonly Dictionary<string, Origin> _origins = new(StringComparer.Ordinal);
    private readonly List<CatalogChanges> _subscribers = [];
    private readonly SeriesLimits _limits;

    /// <summary>Series whose keys came in more ways than one, with the number of the others.</summary>
    private readonly Dictionary<int, int> _spelled = [];

    private int _fieldCount;
    private int _layoutCount;

    internal SeriesIndex(SeriesLimits limits)
    {
        _limits = limits;
        _keys = new SeriesKeys();
        _table = new SeriesTable(_keys);
    }

    /// <summary>Finds the series of a line; see <see cref="SeriesTable"/>.</summary>
    internal Series? FindNext(ref LineReader line, ref int last) => _table.FindNext(line.FromSeriesKey, line.SeriesKey.Length, ref last);

    /// <summary>Finds the series of a key; see <see cref="SeriesTable"/>.</summary>
    internal Series? FindNext(ReadOnlySpan<byte> rawKey, ref int last) => _table.FindNext(rawKey, rawKey.Length, ref last);

    internal Origin OriginOf(string name)
    {
        lock (_lock)
        {
            if (!_origins.TryGetValue(name, out var origin))
            {
                _origins.Add(name, origin = new Origin(name));
            }

            return origin;
        }
    }

    /// <summary>
    /// Finds or makes the series of a line whose raw key or fields are not known yet, with a layout that holds all its fields. Nothing is
    /// made when the line is refused.
    /// </summary>
    internal Series? Learn(ref LineReader line, Origin origin, out string reject)
    {
        lock (_lock)
        {
            var key = SeriesKey.Parse(line.SeriesKey);
            var canonical = Encoding.UTF8.GetBytes(key.ToString());
            var hash = KeyPieces.Hash(canonical);
            var series = _table.FindSorted(hash, canonical);
            _measurements.TryGetValue(key.Measurement, out var measurement);
            if (!FieldsFit(ref line, key.Measurement, measurement, out reject) || (series is null && !SeriesFits(canonical.Length, key.Tags.Count, origin, out reject)))
            {
                return null;
            }

            measurement ??= MeasurementOf(key.Measurement);
            var layout = Extend(measurement, series?.Layout, ref line);
            if (series is null)
            {
                series = Add(hash, _keys.Add(line.SeriesKey, canonical), layout, origin);
            }
            else if (series.Layout != layout)
            {
                series.Layout = layout;
                Announce(series);
            }

            Want(series);
            AddSpelling(line.SeriesKey, series);
            return series;
        }
    }

    /// <summary>Makes sure that a series has fields for numbers; false, with the reason in words, when one has another type already or a limit is met.</summary>
    public bool TryAddFloats(Series series, IReadOnlyCollection<string> names, out string reject)
    {
        lock (_lock)
        {
            var measurement = series.Measurement;
            if (!FloatsFit(measurement, names, out reject))
            {
                return false;
            }

            var layout = Extend(measurement, series.Layout, names);
            if (series.Layout != layout)
            {
                series.Layout = layout;
                Announce(series);
            }

            return true;
        }
    }

    private Measurement MeasurementOf(string name) => _measurements.GetOrAdd(name, each => new Measurement(each, _keys));

    private Series Add(ulong hash, KeyBytes key, FieldLayout layout, Origin origin)
    {
        var series = new Series(_count, key, layout, origin, int.MinValue);
        Place(series);
        _table.Add(hash, series);
        layout.Measurement.Add(series, _strings);
        Volatile.Write(ref _live, _live + 1);
        origin.SeriesCount++;
        Announce(series);
        return series;
    }

    private void Place(Series series)
    {
        var all = _series;
        if (series.Id >= all.Length)
        {
            // Small steps: at a million series doubling would leave megabytes empty.
            Array.Resize(ref all, Math.Max(series.Id + 1, all.Length + Math.Max(64, all.Length / 4)));
            all[series.Id] = series;
            _series = all;
        }
        else
        {
            Volatile.Write(ref all[series.Id], series);
        }

        Volatile.Write(ref _count, Math.Max(_count, series.Id + 1));
    }

    /// <summary>Remembers another way to write a known key. Their number is bounded: tags can be ordered in more ways than memory has room.</summary>
    private void AddSpelling(ReadOnlySpan<byte> rawKey, Series series)
    {
        var hash = KeyPieces.Hash(rawKey);
        if (_table.Find(hash, rawKey) is null && _spelled.GetValueOrDefault(series.Id) is var known and < MostSpellings && _keys.Spell(rawKey, series) is { } spelling)
        {
            _table.Add(hash, spelling, series);
            _spelled[series.Id] = known + 1;
        }
    }

    private void Announce(Series series)
    {
        foreach (var changes in _subscribers)
        {
            changes.Series.Add(series);
        }
    }
}
