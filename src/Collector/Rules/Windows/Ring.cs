namespace NocMonitor.Collector.Rules.Windows;

/// <summary>A queue on an array that grows as needed, with access by position from the oldest. Not safe for concurrent use.</summary>
internal struct Ring<T>
    where T : struct
{
    private const int Smallest = 8;
    private T[]? _items;
    private int _first;

    public int Count { get; private set; }

    public readonly ref T this[int index] => ref _items![(_first + index) & (_items.Length - 1)];

    public readonly ref T Last => ref this[Count - 1];

    public void Append(T item)
    {
        if (_items is null || Count == _items.Length)
        {
            Grow();
        }

        Count++;
        Last = item;
    }

    public void DropFirst()
    {
        _first = (_first + 1) & (_items!.Length - 1);
        Count--;
    }

    private void Grow()
    {
        var larger = new T[Math.Max(Smallest, Count * 2)];
        for (var i = 0; i < Count; i++)
        {
            larger[i] = this[i];
        }

        _items = larger;
        _first = 0;
    }
}
