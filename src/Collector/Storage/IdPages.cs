namespace NocMonitor.Collector.Storage;

/// <summary>
/// Things by small numbers, in pages, so that growing neither copies what is there nor leaves large arrays behind, and room is made only where there is something. One thread writes at a
/// time; others may read meanwhile and miss what is written this moment.
/// </summary>
internal sealed class IdPages<T>
    where T : class
{
    private const int PageBits = 10;
    private const int PageMask = (1 << PageBits) - 1;

    private volatile T?[]?[] _pages = [];

    public T? this[int id]
    {
        get
        {
            var pages = _pages;
            return id >> PageBits < pages.Length && pages[id >> PageBits] is { } page ? page[id & PageMask] : null;
        }

        set => PageOf(id)[id & PageMask] = value;
    }

    /// <summary>Empties the place of a number; a place that never held anything costs nothing.</summary>
    public void Clear(int id)
    {
        if (this[id] is not null)
        {
            this[id] = null;
        }
    }

    /// <summary>Empties every place that holds this.</summary>
    public void Remove(T gone)
    {
        foreach (var page in _pages)
        {
            for (var place = 0; place < page?.Length; place++)
            {
                page[place] = page[place] == gone ? null : page[place];
            }
        }
    }

    private T?[] PageOf(int id)
    {
        var pages = _pages;
        if (id >> PageBits >= pages.Length)
        {
            Array.Resize(ref pages, (id >> PageBits) + 1 + (pages.Length / 4));
            _pages = pages;
        }

        return pages[id >> PageBits] ??= new T?[1 << PageBits];
    }
}
