namespace NocMonitor.TimeSeries.Index;

/// <summary>
/// The orders in which senders write tags: for each tag of the sorted key its place in the line. A sender uses one for each measurement, so few are kept for good and no more. Writers hold the
/// index's lock, readers take none.
/// </summary>
internal sealed class KeyOrders
{
    /// <summary>Tags as the sorted key has them.</summary>
    public const int Sorted = 0;

    private const int Most = 1024;
    private const int MostTags = 64;

    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
    private volatile string[] _orders = [""];

    /// <summary>The number of an order; negative when there is no room for another.</summary>
    public int Use(ReadOnlySpan<char> places)
    {
        if (IsSorted(places))
        {
            return Sorted;
        }

        var known = _known.GetAlternateLookup<ReadOnlySpan<char>>();
        if (known.TryGetValue(places, out var order))
        {
            return order;
        }

        if (_orders.Length == Most || places.Length > MostTags)
        {
            return -1;
        }

        var added = places.ToString();
        _known.Add(added, _orders.Length);
        _orders = [.. _orders, added];
        return _orders.Length - 1;
    }

    /// <summary>The place in the line of a tag of the sorted key.</summary>
    public int Place(int order, int tag) => order == Sorted ? tag : _orders[order][tag];

    private static bool IsSorted(ReadOnlySpan<char> places)
    {
        for (var i = 0; i < places.Length; i++)
        {
            if (places[i] != i)
            {
                return false;
            }
        }

        return true;
    }
}
