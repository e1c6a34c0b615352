namespace NocMonitor.TimeSeries.InfluxQl.Functions;

/// <summary>A point that may be picked.</summary>
/// <param name="Order">Where it came among all points of the select.</param>
/// <param name="Besides">What is shown beside it.</param>
internal readonly record struct PickedPoint(long Bits, long Time, long Order, Value[] Besides);

/// <summary>Whether one point ranks before another; no two rank alike.</summary>
internal delegate bool PointRank(in PickedPoint left, in PickedPoint right);

/// <summary>The best points of one window so far: so many, or the best of each combination of keys. One thread at a time.</summary>
/// <param name="keys">How many of the values beside a point make its combination; 0 when each point counts.</param>
internal sealed class PickedPoints(PointRank isBetter, int most, int keys)
{
    private readonly Comparer<PickedPoint> _byRank = Comparer<PickedPoint>.Create((left, right) => isBetter(left, right) ? -1 : isBetter(right, left) ? 1 : 0);
    private readonly Dictionary<string, PickedPoint> _byKey = new(StringComparer.Ordinal);
    private PriorityQueue<PickedPoint, PickedPoint>? _queue;

    public IEnumerable<PickedPoint> All => keys > 0 ? _byKey.Values : Queue.UnorderedItems.Select(item => item.Element);

    /// <summary>The worst that is held comes out first.</summary>
    private PriorityQueue<PickedPoint, PickedPoint> Queue => _queue ??= new(Comparer<PickedPoint>.Create((left, right) => _byRank.Compare(right, left)));

    /// <summary>Without combinations: whether there is room for a point, or it ranks before one that is held.</summary>
    public bool WouldTake(in PickedPoint point) => Queue.Count < most || (Queue.Count > 0 && isBetter(point, Queue.Peek()));

    /// <summary>Takes a point when it counts; gives whether one more is held now.</summary>
    public bool Offer(in PickedPoint point)
    {
        if (keys > 0)
        {
            return OfferKeyed(point);
        }

        if (!WouldTake(point))
        {
            return false;
        }

        var isFull = Queue.Count >= most;
        if (isFull)
        {
            Queue.Dequeue();
        }

        Queue.Enqueue(point, point);
        return !isFull;
    }

    /// <summary>The picked ones, the best first.</summary>
    public IEnumerable<PickedPoint> Best() => All.Order(_byRank).Take(most);

    private bool OfferKeyed(in PickedPoint point)
    {
        var key = keys == 1 ? point.Besides[0].Text : string.Join('\0', point.Besides.Take(keys).Select(value => value.Text));
        if (_byKey.TryGetValue(key, out var known))
        {
            if (isBetter(point, known))
            {
                _byKey[key] = point;
            }

            return false;
        }

        _byKey.Add(key, point);
        return true;
    }
}
