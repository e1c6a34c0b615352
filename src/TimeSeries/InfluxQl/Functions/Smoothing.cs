using NocMonitor.TimeSeries.InfluxQl.Execution;
using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Functions;

/// <summary>
/// Moving averages that weigh new values more, and what is built on them. A hold period keeps the first results back until they mean something; unless it is given, it is as
/// long as the method needs.
/// </summary>
internal static class Smoothing
{
    public static Points Apply(Call call, Points points)
    {
        var period = (int)Math.Min(int.MaxValue, ((IntegerLiteral)call.Arguments[1]).Value);
        var hold = call.Arguments.Count > 2 ? ((IntegerLiteral)call.Arguments[2]).Value : -1;
        var warmup = call.Arguments.Count > 3 ? ((TextLiteral)call.Arguments[3]).Value : "";
        var method = Method(call.Name, period, warmup);
        var result = points.Empty(ValueType.Float);
        var seen = 0L;
        for (var row = 0; row < points.Count; row++)
        {
            if (points.Values.IsPresent(row))
            {
                var value = method.Next(points.Values[row].AsDouble());
                if (seen++ >= (hold < 0 ? method.WarmUp : hold))
                {
                    Transformations.Add(result, points.Times[row], value);
                }
            }
        }

        return result;
    }

    private static ISmoothing Method(string name, int period, string warmup)
    {
        var simple = warmup == "simple";
        return name switch
        {
            "exponential_moving_average" => new ExponentialAverage(period, simple),
            "double_exponential_moving_average" => new CascadedAverage(period, simple, levels: 2),
            "triple_exponential_moving_average" => new CascadedAverage(period, simple, levels: 3),
            "triple_exponential_derivative" => new TripleDerivative(period, simple),
            "relative_strength_index" => new Strength(period, simple, fromZero: true),
            "kaufmans_efficiency_ratio" => new Efficiency(period),
            "kaufmans_adaptive_moving_average" => new AdaptiveAverage(period),
            _ => warmup is "" or "none" ? new Momentum(period) : new Strength(period, simple, fromZero: false),
        };
    }
}
