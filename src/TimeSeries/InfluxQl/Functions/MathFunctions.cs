namespace NocMonitor.TimeSeries.InfluxQl.Functions;

/// <summary>Functions of the values of one row. Of what is no number they make nothing, and so of a result that is no number.</summary>
internal static class MathFunctions
{
    public static Value Apply(string name, in Value first, in Value second)
    {
        if (!first.IsNumber)
        {
            return Value.None;
        }

        if (FunctionFacts.MathArguments(name) == 2)
        {
            return second.IsNumber ? Finite(Two(name, first.AsDouble(), second.AsDouble())) : Value.None;
        }

        return first.Type == ValueType.Float ? Finite(One(name, first.Float)) : OfWhole(name, first);
    }

    private static Value OfWhole(string name, in Value value) => name switch
    {
        "floor" or "ceil" or "round" => value,
        "abs" => value.Type == ValueType.Unsigned ? value : Value.Of(value.Integer == long.MinValue ? long.MinValue : Math.Abs(value.Integer)),
        _ => Finite(One(name, value.AsDouble())),
    };

    private static double One(string name, double x) => name switch
    {
        "abs" => Math.Abs(x),
        "sin" => Math.Sin(x),
        "cos" => Math.Cos(x),
        "tan" => Math.Tan(x),
        "asin" => Math.Asin(x),
        "acos" => Math.Acos(x),
        "atan" => Math.Atan(x),
        "exp" => Math.Exp(x),
        "ln" => Math.Log(x),
        "log2" => Math.Log2(x),
        "log10" => Math.Log10(x),
        "sqrt" => Math.Sqrt(x),
        "floor" => Math.Floor(x),
        "ceil" => Math.Ceiling(x),
        _ => Math.Round(x, MidpointRounding.AwayFromZero),
    };

    private static double Two(string name, double x, double y) => name switch
    {
        "atan2" => Math.Atan2(x, y),
        "pow" => Math.Pow(x, y),
        _ => Math.Log(x) / Math.Log(y),
    };

    private static Value Finite(double value) => double.IsFinite(value) ? Value.Of(value) : Value.None;
}
