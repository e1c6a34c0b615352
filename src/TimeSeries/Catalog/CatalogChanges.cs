using NocMonitor.TimeSeries.Index;

namespace NocMonitor.TimeSeries.Catalog;

/// <summary>
/// What one catalog on disk does not have yet. The index adds under its lock; the catalog's writer takes all, and puts them back when it could
/// not save them.
/// </summary>
internal sealed class CatalogChanges(Lock indexLock)
{
    private bool _isTaken;

    public List<SeriesField> Fields { get; private set; } = [];

    public List<FieldLayout> Layouts { get; private set; } = [];

    public List<Series> Series { get; private set; } = [];

    /// <summary>Series that are in the index no more. Their ids do not come back in this process, so it is enough to delete these last.</summary>
    public List<Series> Gone { get; private set; } = [];

    public List<SeriesField> GoneFields { get; private set; } = [];

    public List<FieldLayout> GoneLayouts { get; private set; } = [];

    public bool IsEmpty => Fields.Count + Layouts.Count + Series.Count + Gone.Count + GoneFields.Count + GoneLayouts.Count == 0;

    /// <summary>Under the index's lock. The key of the series after a gone one may be kept as its difference from that one: it is saved anew.</summary>
    public void Remove(IReadOnlyList<Series> series, IReadOnlyList<SeriesField> fields, IReadOnlyList<FieldLayout> layouts, Func<int, Series?> find)
    {
        Gone.AddRange(series);
        GoneFields.AddRange(fields);
        GoneLayouts.AddRange(layouts);
        Series.AddRange(series.Select(one => find(one.Id + 1)).OfType<Series>());
    }

    /// <summary>Whether all that went is deleted from the catalog on disk. Only for a catalog whose writer says <see cref="Saved"/>.</summary>
    public bool IsSettled
    {
        get
        {
            lock (indexLock)
            {
                return Gone.Count == 0 && !_isTaken;
            }
        }
    }

    /// <summary>What was taken last is on disk.</summary>
    public void Saved()
    {
        lock (indexLock)
        {
            _isTaken = false;
        }
    }

    public CatalogChanges Take()
    {
        lock (indexLock)
        {
            _isTaken = true;
            var taken = new CatalogChanges(indexLock);
            (taken.Fields, Fields) = (Fields, taken.Fields);
            (taken.Layouts, Layouts) = (Layouts, taken.Layouts);
            (taken.Series, Series) = (Series, taken.Series);
            (taken.Gone, Gone) = (Gone, taken.Gone);
            (taken.GoneFields, GoneFields) = (GoneFields, taken.GoneFields);
            (taken.GoneLayouts, GoneLayouts) = (GoneLayouts, taken.GoneLayouts);
            return taken;
        }
    }

    public void PutBack(CatalogChanges taken)
    {
        lock (indexLock)
        {
            _isTaken = false;
            Fields.InsertRange(0, taken.Fields);
            Layouts.InsertRange(0, taken.Layouts);
            Series.InsertRange(0, taken.Series);
            Gone.InsertRange(0, taken.Gone);
            GoneFields.InsertRange(0, taken.GoneFields);
            GoneLayouts.InsertRange(0, taken.GoneLayouts);
        }
    }
}
