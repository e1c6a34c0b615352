using NocMonitor.TimeSeries.InfluxQl.Execution;

namespace NocMonitor.TimeSeries.InfluxQl.Functions;

/// <summary>
/// Forecasts by the damped method of Holt and Winters: level, trend and, when a season is given, a multiplicative season. The parameters are those with the least squared error
/// over the points at hand, searched from a small grid of starts.
/// </summary>
internal sealed class HoltWinters
{
    private const double Weight = 0.5;
    private const double Precision = 1.0e-4;
    private const int Fixed = 6;

    /// <summary>A longer series would take minutes.</summary>
    private const int MostValues = 100_000;

    /// <summary>The search holds as many numbers as a season has windows, squared.</summary>
    private const int LongestSeason = 1_440;

    private static readonly double[] Starts = [0.3, 0.7];

    private readonly double[] _values;
    private readonly int _season;

    private readonly CancellationToken _token;

    private HoltWinters(double[] values, int season, CancellationToken token) => (_values, _season, _token) = (values, season, token);

    private bool Seasonal => _season >= 2;

    /// <exception cref="QueryException">It would take more memory or time than a query may.</exception>
    public static Points Apply(Points points, int count, int season, bool withFit, long window, CancellationToken token)
    {
        if (season > LongestSeason)
        {
            throw new QueryException($"holt_winters is limited to seasons of {LongestSeason} windows");
        }

        var result = points.Empty(ValueType.Float);
        var present = Enumerable.Range(0, points.Count).Where(points.Values.IsPresent).ToArray();
        if (present.Length < 2 || (season >= 2 && present.Length < season))
        {
            return result;
        }

        var values = Evenly(points, present, window);
        if (values.Length < 2 || values.Length < season || values.Length + (long)count > MostValues)
        {
            return values.Length + (long)count > MostValues ? throw new QueryException($"holt_winters is limited to {MostValues} values") : result;
        }

        var forecast = new HoltWinters(values, season, token).Forecast(count);
        var (first, start) = withFit ? (0, points.Times[present[0]]) : (values.Length, points.Times[present[^1]] + window);
        for (var i = first; i < forecast.Length; i++)
        {
            if (!double.IsNaN(forecast[i]))
            {
                Transformations.Add(result, start + (window * (i - first)), forecast[i]);
            }
        }

        return result;
    }

    /// <summary>One value a window; not a number where there is none.</summary>
    private static double[] Evenly(Points points, int[] present, long window)
    {
        var start = Round(points.Times[present[0]], window);
        var values = new List<double> { points.Values[present[0]].AsDouble() };
        foreach (var row in present.Skip(1))
        {
            var index = (Round(points.Times[row], window) - start) / window;
            if (index < values.Count)
            {
                continue;
            }

            while (values.Count < index && values.Count <= MostValues)
            {
                values.Add(double.NaN);
            }

            values.Add(points.Values[row].AsDouble());
        }

        return [.. values];
    }

    private static long Round(long time, long window) => ((time / window) + (time % window > window / 2 ? 1 : 0)) * window;

    private double[] Forecast(int count)
    {
        var parameters = Initial();
        var (best, least) = (parameters, double.PositiveInfinity);
        foreach (var alpha in Starts)
        {
            foreach (var beta in Starts)
            {
                foreach (var gamma in Starts)
                {
                    foreach (var phi in Starts)
                    {
                        (parameters[0], parameters[1], parameters[2], parameters[3]) = (alpha, beta, gamma, phi);
                        var (error, found) = NelderMead.Minimize(Error, parameters, Precision);
                        (best, least) = error < least || ReferenceEquals(best, parameters) ? (found, error) : (best, least);
                    }
                }
            }
        }

        return Run(count, best);
    }

    private double[] Initial()
    {
        var parameters = new double[Fixed + (Seasonal ? _season : 0)];
        if (!Seasonal)
        {
            parameters[4] = Weight * _values[0];
            parameters[5] = double.IsNaN(_values[1]) ? 0 : Weight * (_values[1] - _values[0]);
            return parameters;
        }

        for (var i = 0; i < _season; i++)
        {
            parameters[4] += double.IsNaN(_values[i]) ? 0 : 1.0 / _season * _values[i];
            var next = _season + i < _values.Length ? _values[_season + i] - _values[i] : double.NaN;
            parameters[5] += double.IsNaN(next) ? 0 : 1.0 / ((double)_season * _season) * next;
        }

        for (var i = 0; i < _season; i++)
        {
            parameters[Fixed + i] = double.IsNaN(_values[i]) ? 0 : _values[i] / parameters[4];
        }

        return parameters;
    }

    private double Error(double[] parameters)
    {
        _token.ThrowIfCancellationRequested();
        var forecast = Run(0, parameters);
        double sum = 0;
        for (var i = 0; i < forecast.Length; i++)
        {
            if (double.IsNaN(_values[i]))
            {
                continue;
            }

            if (double.IsNaN(forecast[i]))
            {
                return double.PositiveInfinity;
            }

            var distance = forecast[i] - _values[i];
            sum += distance * distance;
        }

        return sum;
    }

    /// <summary>The values as the model sees them, and as many ahead. Constrains the parameters in place, which the search relies on.</summary>
    private double[] Run(int ahead, double[] parameters)
    {
        for (var i = 0; i < 4; i++)
        {
            parameters[i] = Math.Clamp(parameters[i], 0, 1);
        }

        var (alpha, beta, gamma, phi) = (parameters[0], parameters[1], parameters[2], parameters[3]);
        var (value, level, trend, damping) = (_values[0], parameters[4], parameters[5], phi);
        var forecast = new double[_values.Length + ahead];
        forecast[0] = value;
        var offset = _season - 1;
        for (var t = 1; t < forecast.Length; t++)
        {
            var (season, ahead1) = (1.0, 1.0);
            if (Seasonal)
            {
                season = parameters[Fixed + ((t - _season + offset) % _season)];
                ahead1 = parameters[Fixed + ((t - _season + (t % _season) + offset) % _season)];
            }

            var before = level + (phi * trend);
            var newLevel = (alpha * (value / season)) + ((1 - alpha) * before);
            var newTrend = (beta * (newLevel - level)) + ((1 - beta) * phi * trend);
            var newSeason = (gamma * (value / before)) + ((1 - gamma) * season);
            value = (newLevel + (damping * newTrend)) * ahead1;
            (level, trend) = (newLevel, newTrend);
            damping += Power(phi, t);
            if (Seasonal)
            {
                parameters[Fixed + ((t + offset) % _season)] = newSeason;
                offset++;
            }

            forecast[t] = value;
        }

        return forecast;
    }

    /// <summary>
    /// By squaring, as InfluxDB's runtime does it. The system's own power is better in the last digit, and with several minima that digit decides which one the search finds.
    /// </summary>
    private static double Power(double value, int exponent)
    {
        var result = 1.0;
        for (; exponent != 0; exponent >>= 1)
        {
            result *= (exponent & 1) == 1 ? value : 1.0;
            value *= value;
        }

        return result;
    }
}
