using System.Numerics;
using System.Runtime.InteropServices;
using NocMonitor.TimeSeries.InfluxQl.Execution;
using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Functions;

/// <summary>
/// <c>top</c> and <c>bottom</c> without keeping all points: of each window the best so far, or, with tags named, the best so far of each combination of their values. Equal
/// values rank by time, then in the order of their series. One thread at a time; those of several threads are joined in the order of their series.
/// </summary>
internal sealed class PickAccumulator
{
    private readonly RefType _type;
    private readonly bool _top;
    private readonly int _most;
    private readonly int _keys;
    private readonly bool _keysAreTags;
    private readonly int[] _besides;
    private readonly PickedPoints?[] _windows;
    private readonly int _mostHeld;
    private int _held;
    private long _order;

    /// <param name="call">Its last argument is how many; those between are the names whose values make the combinations, which come first beside the values.</param>
    /// <param name="besides">The slots that are shown beside the picked points.</param>
    /// <param name="mostHeld">Points held at once; 0 is no limit.</param>
    public PickAccumulator(Call call, RefType type, int[] besides, int windows, int mostHeld)
    {
        (_type, _top, _besides, _mostHeld) = (type, call.Name == "top", besides, mostHeld);
        _most = (int)Math.Min(int.MaxValue, ((IntegerLiteral)call.Arguments[^1]).Value);
        _keys = call.Arguments.Count - 2;
        _keysAreTags = call.Arguments.Skip(1).Take(_keys).All(name => name is Reference { Type: RefType.Tag });
        _windows = new PickedPoints?[windows];
    }

    public static bool Takes(Call? call) => call is { Name: "top" or "bottom" } && call.Arguments[0] is Reference;

    /// <summary>Takes some points of a window, at least one, that are rows of the view's block.</summary>
    public void Add(int window, BlockView view, ReadOnlySpan<long> times, ReadOnlySpan<long> bits, ReadOnlySpan<int> rows)
    {
        var picked = _windows[window] ??= new PickedPoints(IsBetter, _most, _keys);
        if (_keys > 0 && _keysAreTags)
        {
            // All points of a series are of one combination: only the best of them can count.
            var best = BestOf(bits);
            Offer(picked, view, times[best], bits[best], rows[best]);
            _order += bits.Length;
            return;
        }

        for (var i = 0; i < bits.Length; i++, _order++)
        {
            Offer(picked, view, times[i], bits[i], rows.IsEmpty ? -1 : rows[i]);
        }
    }

    /// <summary>Joins what another made of later series.</summary>
    public void Merge(PickAccumulator later)
    {
        for (var window = 0; window < _windows.Length; window++)
        {
            if (later._windows[window] is { } others)
            {
                var picked = _windows[window] ??= new PickedPoints(IsBetter, _most, _keys);
                foreach (var point in others.All)
                {
                    picked.Offer(point with { Order = point.Order + _order });
                }
            }
        }

        _order += later._order;
    }

    /// <summary>Adds the picked points window by window, in order of time; those of one time in the order of their rank.</summary>
    public void AppendTo(Points points)
    {
        foreach (var picked in _windows)
        {
            foreach (var point in picked?.Best().OrderBy(point => point.Time) ?? Enumerable.Empty<PickedPoint>())
            {
                points.Add(point.Time, point.Bits);
                for (var i = 0; i < point.Besides.Length; i++)
                {
                    points.Besides[i].Add(point.Besides[i]);
                }
            }
        }
    }

    private void Offer(PickedPoints picked, BlockView view, long time, long bits, int row)
    {
        var point = new PickedPoint(bits, time, _order, []);
        if (_keys == 0 && !picked.WouldTake(point))
        {
            return;
        }

        var besides = _besides.Length == 0 ? [] : new Value[_besides.Length];
        for (var i = 0; i < besides.Length; i++)
        {
            besides[i] = view.Get(_besides[i], row);
        }

        _held += picked.Offer(point with { Besides = besides }) ? 1 : 0;
        if (_mostHeld > 0 && _held > _mostHeld)
        {
            throw new QueryException($"max-row-limit exceeded: ({_held}/{_mostHeld})");
        }
    }

    private int BestOf(ReadOnlySpan<long> bits) => _type switch
    {
        RefType.Float => BestOf(MemoryMarshal.Cast<long, double>(bits)),
        RefType.Unsigned => BestOf(MemoryMarshal.Cast<long, ulong>(bits)),
        _ => BestOf<long>(bits),
    };

    /// <summary>The first of the best values.</summary>
    private int BestOf<T>(ReadOnlySpan<T> values)
        where T : struct, INumber<T>
    {
        var (best, at) = (values[0], 0);
        for (var i = 1; i < values.Length; i++)
        {
            if (_top ? values[i] > best : values[i] < best)
            {
                (best, at) = (values[i], i);
            }
        }

        return at;
    }

    private bool IsBetter(in PickedPoint left, in PickedPoint right)
    {
        var byValue = Compare(left.Bits, right.Bits);
        return byValue != 0 ? byValue > 0 : left.Time != right.Time ? left.Time < right.Time : left.Order < right.Order;
    }

    /// <summary>Positive when the first is wanted more than the second.</summary>
    private int Compare(long left, long right)
    {
        var larger = _type switch
        {
            RefType.Float => BitConverter.Int64BitsToDouble(left).CompareTo(BitConverter.Int64BitsToDouble(right)),
            RefType.Unsigned => ((ulong)left).CompareTo((ulong)right),
            _ => left.CompareTo(right),
        };
        return _top ? larger : -larger;
    }
}
