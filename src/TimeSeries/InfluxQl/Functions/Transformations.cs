using NocMonitor.TimeSeries.InfluxQl.Execution;
using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Functions;

/// <summary>Functions that make points of points, one after the other in the order of the select. Points without a value are passed over.</summary>
internal static class Transformations
{
    /// <param name="window">The length of the windows the points stand for, in nanoseconds; 0 for raw points.</param>
    public static Points Apply(Call call, Points points, long window, bool ascending, CancellationToken token) => call.Name switch
    {
        "derivative" or "non_negative_derivative" => Derivative(points, Unit(call, window > 0 ? window : DurationText.Second), call.Name != "derivative", ascending),
        "difference" or "non_negative_difference" => Difference(points, call.Name != "difference"),
        "elapsed" => Elapsed(points, Unit(call, 1)),
        "cumulative_sum" => CumulativeSum(points),
        "moving_average" => MovingAverage(points, Whole(call, 1)),
        "holt_winters" or "holt_winters_with_fit" => HoltWinters.Apply(points, Whole(call, 1), Whole(call, 2), call.Name != "holt_winters", window, token),
        _ => Smoothing.Apply(call, points),
    };

    private static long Unit(Call call, long otherwise) => call.Arguments.Count > 1 ? ((DurationLiteral)call.Arguments[1]).Nanoseconds : otherwise;

    private static int Whole(Call call, int argument) => (int)Math.Min(int.MaxValue, ((IntegerLiteral)call.Arguments[argument]).Value);

    private static Points Derivative(Points points, long unit, bool notNegative, bool ascending)
    {
        var result = points.Empty(ValueType.Float);
        var last = -1;
        for (var row = 0; row < points.Count; row++)
        {
            if (!points.Values.IsPresent(row) || (last >= 0 && points.Times[row] == points.Times[last]))
            {
                continue;
            }

            if (last >= 0)
            {
                var elapsed = (points.Times[row] - points.Times[last]) * (ascending ? 1 : -1);
                var change = Change(points.Values[last], points.Values[row]);
                if (!notNegative || change >= 0)
                {
                    Add(result, points.Times[row], change / (elapsed / (double)unit));
                }
            }

            last = row;
        }

        return result;
    }

    private static double Change(in Value from, in Value to) => from.Type switch
    {
        ValueType.Float => to.Float - from.Float,
        ValueType.Unsigned => to.Unsigned >= from.Unsigned ? to.Unsigned - from.Unsigned : -(double)(from.Unsigned - to.Unsigned),
        _ => to.Integer - from.Integer,
    };

    private static Points Difference(Points points, bool notNegative)
    {
        var result = points.Empty();
        var last = -1;
        for (var row = 0; row < points.Count; row++)
        {
            if (!points.Values.IsPresent(row) || (last >= 0 && points.Times[row] == points.Times[last]))
            {
                continue;
            }

            if (last >= 0 && (!notNegative || Change(points.Values[last], points.Values[row]) >= 0))
            {
                var (from, to) = (points.Values[last], points.Values[row]);
                result.Add(points.Times[row], from.Type == ValueType.Float ? Bits(to.Float - from.Float) : unchecked(to.Bits - from.Bits));
            }

            last = row;
        }

        return result;
    }

    private static Points Elapsed(Points points, long unit)
    {
        var result = points.Empty(ValueType.Integer);
        var last = -1;
        for (var row = 0; row < points.Count; row++)
        {
            if (points.Values.IsPresent(row))
            {
                if (last >= 0)
                {
                    result.Add(points.Times[row], (points.Times[row] - points.Times[last]) / unit);
                }

                last = row;
            }
        }

        return result;
    }

    private static Points CumulativeSum(Points points)
    {
        var result = points.Empty();
        var (whole, sum) = (0L, 0.0);
        for (var row = 0; row < points.Count; row++)
        {
            if (points.Values.IsPresent(row))
            {
                var value = points.Values[row];
                sum += value.Type == ValueType.Float ? value.Float : 0;
                whole = unchecked(whole + value.Bits);
                result.Add(points.Times[row], value.Type == ValueType.Float ? Bits(sum) : whole);
            }
        }

        return result;
    }

    private static Points MovingAverage(Points points, int length)
    {
        var result = points.Empty(ValueType.Float);
        var window = new Queue<Value>();
        var (whole, sum) = (0L, 0.0);
        for (var row = 0; row < points.Count; row++)
        {
            if (!points.Values.IsPresent(row))
            {
                continue;
            }

            if (window.Count == length)
            {
                var gone = window.Dequeue();
                sum -= gone.AsDouble();
                whole = unchecked(whole - gone.Bits);
            }

            var value = points.Values[row];
            window.Enqueue(value);
            sum += value.AsDouble();
            whole = unchecked(whole + value.Bits);
            if (window.Count == length)
            {
                Add(result, points.Times[row], (value.Type == ValueType.Float ? sum : whole) / length);
            }
        }

        return result;
    }

    internal static void Add(Points points, long time, double value) => points.Add(time, Bits(value));

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);
}
