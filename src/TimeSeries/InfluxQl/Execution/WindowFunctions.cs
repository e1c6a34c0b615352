using NocMonitor.TimeSeries.InfluxQl.Functions;
using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>Functions that need all points of a window at once. Points come in order of time.</summary>
internal static class WindowFunctions
{
    public static Points Apply(Call call, Points points, Windows windows, bool atTheirTime)
    {
        if (call.Name == "integral")
        {
            return Integral.Apply(call, points, windows);
        }

        var result = points.Empty(SlotSet.TypeOf(Planning.ExprTypes.Of(call)));
        for (var first = 0; first < points.Count;)
        {
            var window = windows.IndexOf(points.Times[first]);
            var length = windows.LengthOf(window, points.Times[first..]);
            Apply(call, points, new WindowSlice(points, first, length, windows.StartOf(window), atTheirTime), result);
            first += length;
        }

        return result;
    }

    private static void Apply(Call call, Points points, WindowSlice slice, Points result)
    {
        switch (call.Name)
        {
            case "median":
                result.Add(slice.Start, Statistics.Median(slice));
                break;
            case "stddev":
                AddOrMissing(result, slice, Statistics.Deviation(slice));
                break;
            case "mode":
                result.Add(slice.Start, Statistics.Mode(slice));
                break;
            case "count":
                result.Add(slice.Start, Statistics.DistinctRows(slice).Count);
                break;
            case "distinct":
                foreach (var row in Statistics.DistinctRows(slice))
                {
                    result.Add(slice.Start, points.Values.Bits[row]);
                }

                break;
            case "percentile":
                if (Statistics.Percentile(slice, Number(call.Arguments[1])) is { } at)
                {
                    result.AddFrom(points, at, slice.AtTheirTime ? points.Times[at] : slice.Start);
                }

                break;
            default:
                foreach (var row in Picks.Of(call, slice))
                {
                    result.AddFrom(points, row, points.Times[row]);
                }

                break;
        }
    }

    private static void AddOrMissing(Points result, WindowSlice slice, double? value)
    {
        if (value is { } known)
        {
            result.Add(slice.Start, BitConverter.DoubleToInt64Bits(known));
        }
        else
        {
            result.AddMissing(slice.Start);
        }
    }

    private static double Number(Expr literal) => literal is IntegerLiteral integer ? integer.Value : ((NumberLiteral)literal).Value;
}
