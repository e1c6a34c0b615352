namespace NocMonitor.Probes.Snmp.Profiles.Expressions;

/// <summary>A function that <c>value:</c> may call.</summary>
/// <param name="Fewest">Arguments it needs.</param>
/// <param name="Most">Arguments it takes.</param>
/// <param name="Call">Evaluates those arguments that it wants.</param>
internal sealed record NumberFunction(string Name, int Fewest, int Most, NumberCall Call)
{
    private const int Many = 16;

    public static IReadOnlyList<NumberFunction> All { get; } =
    [
        new("first", 1, Many, First),
        new("nonzero", 1, 1, static (arguments, values) => arguments[0].Evaluate(values) is var value && value != 0 ? value : double.NaN),
        new("if", 3, 3, If),
        new("min", 1, Many, static (arguments, values) => Fold(arguments, values, Math.Min)),
        new("max", 1, Many, static (arguments, values) => Fold(arguments, values, Math.Max)),
        new("abs", 1, 1, static (arguments, values) => Math.Abs(arguments[0].Evaluate(values))),
        new("log10", 1, 1, static (arguments, values) => Math.Log10(arguments[0].Evaluate(values))),
    ];

    private static double First(NumberTerm[] arguments, ReadOnlySpan<double> values)
    {
        foreach (var argument in arguments)
        {
            if (argument.Evaluate(values) is var value && double.IsFinite(value))
            {
                return value;
            }
        }

        return double.NaN;
    }

    private static double If(NumberTerm[] arguments, ReadOnlySpan<double> values)
    {
        var condition = arguments[0].Evaluate(values);
        return double.IsNaN(condition) ? double.NaN : arguments[condition != 0 ? 1 : 2].Evaluate(values);
    }

    private static double Fold(NumberTerm[] arguments, ReadOnlySpan<double> values, Func<double, double, double> fold)
    {
        var result = arguments[0].Evaluate(values);
        foreach (var argument in arguments.AsSpan(1))
        {
            result = fold(result, argument.Evaluate(values));
        }

        return result;
    }
}

internal delegate double NumberCall(NumberTerm[] arguments, ReadOnlySpan<double> values);
