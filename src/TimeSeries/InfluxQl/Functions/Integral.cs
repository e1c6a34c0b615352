using NocMonitor.TimeSeries.InfluxQl.Execution;
using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Functions;

/// <summary>The area under the points, by trapezoids; at the edge of a window the line between two points is cut.</summary>
internal static class Integral
{
    public static Points Apply(Call call, Points points, Windows windows)
    {
        double unit = call.Arguments.Count > 1 ? ((DurationLiteral)call.Arguments[1]).Nanoseconds : DurationText.Second;
        var result = points.Empty(ValueType.Float);
        if (points.Count == 0)
        {
            return result;
        }

        var current = windows.IndexOf(points.Times[0]);
        double sum = 0;
        var (time, value) = (points.Times[0], Number(points, 0));
        for (var row = 1; row < points.Count; row++)
        {
            var (nextTime, next) = (points.Times[row], Number(points, row));
            if (nextTime == time)
            {
                // Of points at one time the last counts.
                value = next;
                continue;
            }

            var window = windows.IndexOf(nextTime);
            while (current < window)
            {
                var edge = windows.StartOf(current + 1);
                var atEdge = value + ((next - value) * ((double)(edge - time) / (nextTime - time)));
                sum += 0.5 * (value + atEdge) * (edge - time) / unit;
                result.Add(windows.StartOf(current), BitConverter.DoubleToInt64Bits(sum));
                (sum, time, value) = (0, edge, atEdge);
                current++;
            }

            sum += 0.5 * (value + next) * (nextTime - time) / unit;
            (time, value) = (nextTime, next);
        }

        result.Add(windows.StartOf(current), BitConverter.DoubleToInt64Bits(sum));
        return result;
    }

    private static double Number(Points points, int row) => points.Values[row].AsDouble();
}
