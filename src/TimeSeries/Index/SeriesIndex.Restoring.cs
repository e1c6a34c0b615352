using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Catalog;
using NocMonitor.TimeSeries.Index;

namespace NocMonitor.TimeSeries;

/// <summary>Fills the index from a catalog on disk, before anybody else has it.</summary>
public sealed partial class SeriesIndex
{
    private readonly Dictionary<int, SeriesField> _restoredFields = [];
    private readonly Dictionary<int, FieldLayout> _restoredLayouts = [];
    private int _newestStored = int.MinValue;

    /// <summary>The newest hour that was stored at the start: of a series that nothing came for since, no more is known.</summary>
    internal int NewestStored => _newestStored;

    /// <summary>Begins with the newest hour that any chunk lies in.</summary>
    internal void BeginRestoring(long newestBucket) => _newestStored = (int)newestBucket;

    internal void RestoreField(int id, string measurement, string name, FieldKind kind)
    {
        if (_restoredFields.ContainsKey(id))
        {
            return;
        }

        var known = MeasurementOf(measurement);
        var field = new SeriesField(id, measurement, _strings.Intern(name), kind);
        known.Fields[name] = field;
        _restoredFields.Add(id, field);
        _fieldCount = Math.Max(_fieldCount, id + 1);
    }

    internal void RestoreLayout(int id, IEnumerable<int> fieldIds)
    {
        if (_restoredLayouts.ContainsKey(id))
        {
            return;
        }

        var fields = fieldIds.Select(field => _restoredFields[field]).ToArray();
        var measurement = _measurements[fields[0].Measurement];
        var layout = new FieldLayout(id, measurement, fields);
        measurement.Layouts[string.Join(' ', fields.Select(field => field.Id))] = layout;
        _restoredLayouts.Add(id, layout);
        _layoutCount = Math.Max(_layoutCount, id + 1);
    }

    /// <summary>Adds a series, or takes the longer layout when another catalog had it already.</summary>
    internal void RestoreSeries(int id, ReadOnlySpan<byte> canonical, string origin, int layoutId)
    {
        var layout = _restoredLayouts[layoutId];
        if (Find(id) is { } known)
        {
            if (layout.Fields.Length > known.Layout.Fields.Length)
            {
                known.Layout = layout;
            }

            return;
        }

        var series = new Series(id, _keys.Add(canonical, canonical), layout, OriginOf(origin), _newestStored);
        Place(series);
        _table.Add(KeyPieces.Hash(canonical), series);
        layout.Measurement.Add(series, _strings);
        _live++;
        series.Origin.SeriesCount++;
    }

    internal void EndRestoring()
    {
        // The process may have ended between the last series of a measurement and its fields.
        foreach (var empty in _measurements.Values.Where(each => each.All.Count == 0).ToList())
        {
            _measurements.TryRemove(empty.Name, out _);
        }

        _restoredFields.Clear();
        _restoredLayouts.Clear();
        _restoredFields.TrimExcess();
        _restoredLayouts.TrimExcess();
    }

    /// <summary>A list that holds what a catalog on disk lacks and from now on receives every series, field and layout that is made or changed.</summary>
    internal CatalogChanges Subscribe(CatalogContent saved)
    {
        lock (_lock)
        {
            var changes = new CatalogChanges(_lock);
            var measurements = _measurements.Values;
            changes.Fields.AddRange(measurements.SelectMany(each => each.Fields.Values).Where(field => !saved.Fields.Contains(field.Id)));
            changes.Layouts.AddRange(measurements.SelectMany(each => each.Layouts.Values).Where(layout => !saved.Layouts.Contains(layout.Id)));
            for (var id = 0; id < _count; id++)
            {
                if (Find(id) is { } series && (!saved.Series.TryGetValue(id, out var layout) || layout != series.Layout.Id))
                {
                    changes.Series.Add(series);
                }
            }

            _subscribers.Add(changes);
            return changes;
        }
    }
}
