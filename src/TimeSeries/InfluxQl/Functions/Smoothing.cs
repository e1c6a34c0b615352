using NocMonitor.TimeSeries.InfluxQl.Execution;
using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Functions;

/// <summary>Moving averages that weigh new values more. A hold period holds the first results back until they mean something.</summary>
internal static class Smoothing
{
    public static Points Apply(Call call, Points points)
    {
        var period = (int)Math.Min(int.MaxValue, ((IntegerLiteral)call.Arguments[1]).Value);
        var hold = call.Arguments.Count > 2 ? ((IntegerLiteral)call.Arguments[2]).Value : -1;
        var simple = call.Arguments.Count > 3 && call.Arguments[3] is TextLiteral { Value: "simple" };
        var (next, defaultHold) = Algorithm(call.Name, period, simple);
        var result = points.Empty(ValueType.Float);
        var seen = 0L;
        for (var row = 0; row < points.Count; row++)
        {
            if (points.Values.IsPresent(row))
            {
                var value = next(points.Values[row].AsDouble());
                if (seen++ >= (hold < 0 ? defaultHold : hold))
                {
                    Transformations.Add(result, points.Times[row], value);
                }
            }
        }

        return result;
    }

    private static (Func<double, double> Next, long DefaultHold) Algorithm(string name, int period, bool simple) => name switch
    {
        "exponential_moving_average" => (new Average(period, simple).Next, period - 1),
        _ => throw new QueryException($"undefined function {name}()"),
    };

    /// <summary>Starts with the first value, or with the plain mean of the first period.</summary>
    private sealed class Average(int period, bool simple)
    {
        private readonly double _weight = 2.0 / (period + 1);
        private long _count;
        private double _last;

        public double Next(double value)
        {
            _count++;
            if (simple && _count <= period)
            {
                _last += (value - _last) / _count;
            }
            else
            {
                _last = _count == 1 ? value : _last + (_weight * (value - _last));
            }

            return _last;
        }
    }
}
