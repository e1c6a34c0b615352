using NocMonitor.TimeSeries.Index;

namespace NocMonitor.TimeSeries.Catalog;

/// <summary>
/// What one catalog on disk does not have yet. The index adds under its lock; the catalog's writer takes all, and puts them back when it could
/// not save them.
/// </summary>
internal sealed class CatalogChanges(Lock indexLock)
{
    public List<SeriesField> Fields { get; private set; } = [];

    public List<FieldLayout> Layouts { get; private set; } = [];

    public List<Series> Series { get; private set; } = [];

    public bool IsEmpty => Fields.Count + Layouts.Count + Series.Count == 0;

    public CatalogChanges Take()
    {
        lock (indexLock)
        {
            var taken = new CatalogChanges(indexLock);
            (taken.Fields, Fields) = (Fields, taken.Fields);
            (taken.Layouts, Layouts) = (Layouts, taken.Layouts);
            (taken.Series, Series) = (Series, taken.Series);
            return taken;
        }
    }

    public void PutBack(CatalogChanges taken)
    {
        lock (indexLock)
        {
            Fields.InsertRange(0, taken.Fields);
            Layouts.InsertRange(0, taken.Layouts);
            Series.InsertRange(0, taken.Series);
        }
    }
}
