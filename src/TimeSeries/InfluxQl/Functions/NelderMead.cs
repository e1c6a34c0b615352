namespace NocMonitor.TimeSeries.InfluxQl.Functions;

/// <summary>Finds a minimum without derivatives, by the downhill simplex of Nelder and Mead.</summary>
internal static class NelderMead
{
    private const int MostSteps = 1_000;
    private const double Reflection = 1;
    private const double Contraction = 0.5;
    private const double Expansion = 2;

    /// <param name="function">May change what it is given, such as to keep it within bounds.</param>
    public static (double Value, double[] At) Minimize(Func<double[], double> function, double[] start, double precision)
    {
        var n = start.Length;
        var corners = Corners(start);
        var values = corners.Select(function).ToArray();
        for (var step = 1; step <= MostSteps; step++)
        {
            var (best, worst, second) = Rank(values);
            var middle = Enumerable.Range(0, n).Select(j => Enumerable.Range(0, n + 1).Where(i => i != worst).Sum(i => corners[i][j]) / n).ToArray();
            Improve(function, corners, values, middle, (best, worst, second));
            if (Deviation(values) < precision)
            {
                break;
            }
        }

        var least = Rank(values).Best;
        double[] found = [.. corners[least]];
        return (function(corners[least]), found);
    }

    private static void Improve(Func<double[], double> function, double[][] corners, double[] values, double[] middle, (int Best, int Worst, int Second) rank)
    {
        var worst = rank.Worst;
        var reflected = Along(middle, corners[worst], Reflection);
        var atReflected = function(reflected);
        if (atReflected < values[rank.Second] && atReflected >= values[rank.Best])
        {
            (corners[worst], values[worst]) = (reflected, atReflected);
            return;
        }

        if (atReflected < values[rank.Best])
        {
            var expanded = Toward(middle, reflected, Expansion);
            var atExpanded = function(expanded);
            (corners[worst], values[worst]) = atExpanded < atReflected ? (expanded, atExpanded) : (reflected, atReflected);
            return;
        }

        var contracted = atReflected < values[worst] ? Toward(middle, reflected, Contraction) : Along(middle, corners[worst], -Contraction);
        var atContracted = function(contracted);
        if (atContracted < values[worst])
        {
            (corners[worst], values[worst]) = (contracted, atContracted);
            return;
        }

        Shrink(function, corners, values, rank);
    }

    private static void Shrink(Func<double[], double> function, double[][] corners, double[] values, (int Best, int Worst, int Second) rank)
    {
        var best = corners[rank.Best];
        for (var i = 0; i < corners.Length; i++)
        {
            for (var j = 0; i != rank.Best && j < best.Length; j++)
            {
                corners[i][j] = best[j] + ((corners[i][j] - best[j]) / 2);
            }
        }

        values[rank.Worst] = function(corners[rank.Worst]);
        values[rank.Second] = function(corners[rank.Second]);
    }

    /// <summary>A regular simplex of edge one with the start as a corner.</summary>
    private static double[][] Corners(double[] start)
    {
        var n = start.Length;
        var near = (Math.Sqrt(n + 1) - 1) / (n * Math.Sqrt(2));
        var far = (Math.Sqrt(n + 1) - 1 + n) / (n * Math.Sqrt(2));
        return [.. Enumerable.Range(0, n + 1).Select(i => Enumerable.Range(0, n).Select(j => start[j] + (i == 0 ? 0 : i - 1 == j ? far : near)).ToArray())];
    }

    private static (int Best, int Worst, int Second) Rank(double[] values)
    {
        var (best, worst) = (0, 0);
        for (var i = 0; i < values.Length; i++)
        {
            worst = values[i] > values[worst] ? i : worst;
            best = values[i] < values[best] ? i : best;
        }

        var second = best;
        for (var i = 0; i < values.Length; i++)
        {
            second = values[i] > values[second] && values[i] < values[worst] ? i : second;
        }

        return (best, worst, second);
    }

    /// <summary>From the middle away from a corner; towards it when the factor is negative.</summary>
    private static double[] Along(double[] middle, double[] corner, double factor) => [.. middle.Zip(corner, (m, c) => m + (factor * (m - c)))];

    private static double[] Toward(double[] middle, double[] target, double factor) => [.. middle.Zip(target, (m, t) => m + (factor * (t - m)))];

    private static double Deviation(double[] values)
    {
        var mean = values.Sum() / values.Length;
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean) / (values.Length - 1)));
    }
}
