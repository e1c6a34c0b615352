using System.Collections.Frozen;
using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Functions;

/// <summary>Which types a function takes.</summary>
internal enum Takes
{
    Numbers,
    NumbersAndBooleans,
    Everything,
}

/// <summary>What a function makes of the type it takes.</summary>
internal enum Gives
{
    Same,
    Float,
    Integer,
}

/// <summary>What is known of a function before it is run.</summary>
/// <param name="IsSelector">It picks points, so that other fields of the picked points can be shown beside it.</param>
/// <param name="IsTransformation">It makes points of the points of another function, or of raw ones.</param>
internal sealed record FunctionFacts(string Name, Takes Takes, Gives Gives, bool IsSelector = false, bool IsTransformation = false)
{
    private static readonly FrozenDictionary<string, FunctionFacts> Known = new FunctionFacts[]
    {
        new("count", Takes.Everything, Gives.Integer),
        new("sum", Takes.Numbers, Gives.Same),
        new("mean", Takes.Numbers, Gives.Float),
        new("median", Takes.Numbers, Gives.Float),
        new("mode", Takes.Everything, Gives.Same),
        new("stddev", Takes.Numbers, Gives.Float),
        new("spread", Takes.Numbers, Gives.Same),
        new("integral", Takes.Numbers, Gives.Float),
        new("distinct", Takes.Everything, Gives.Same),
        new("min", Takes.NumbersAndBooleans, Gives.Same, IsSelector: true),
        new("max", Takes.NumbersAndBooleans, Gives.Same, IsSelector: true),
        new("first", Takes.Everything, Gives.Same, IsSelector: true),
        new("last", Takes.Everything, Gives.Same, IsSelector: true),
        new("percentile", Takes.Numbers, Gives.Same, IsSelector: true),
        new("sample", Takes.Everything, Gives.Same, IsSelector: true),
        new("top", Takes.Numbers, Gives.Same, IsSelector: true),
        new("bottom", Takes.Numbers, Gives.Same, IsSelector: true),
        new("derivative", Takes.Numbers, Gives.Float, IsTransformation: true),
        new("non_negative_derivative", Takes.Numbers, Gives.Float, IsTransformation: true),
        new("difference", Takes.Numbers, Gives.Same, IsTransformation: true),
        new("non_negative_difference", Takes.Numbers, Gives.Same, IsTransformation: true),
        new("moving_average", Takes.Numbers, Gives.Float, IsTransformation: true),
        new("cumulative_sum", Takes.Numbers, Gives.Same, IsTransformation: true),
        new("elapsed", Takes.Everything, Gives.Integer, IsTransformation: true),
        new("exponential_moving_average", Takes.Numbers, Gives.Float, IsTransformation: true),
        new("double_exponential_moving_average", Takes.Numbers, Gives.Float, IsTransformation: true),
        new("triple_exponential_moving_average", Takes.Numbers, Gives.Float, IsTransformation: true),
        new("triple_exponential_derivative", Takes.Numbers, Gives.Float, IsTransformation: true),
        new("relative_strength_index", Takes.Numbers, Gives.Float, IsTransformation: true),
        new("kaufmans_efficiency_ratio", Takes.Numbers, Gives.Float, IsTransformation: true),
        new("kaufmans_adaptive_moving_average", Takes.Numbers, Gives.Float, IsTransformation: true),
        new("chande_momentum_oscillator", Takes.Numbers, Gives.Float, IsTransformation: true),
        new("holt_winters", Takes.Numbers, Gives.Float, IsTransformation: true),
        new("holt_winters_with_fit", Takes.Numbers, Gives.Float, IsTransformation: true),
    }.ToFrozenDictionary(each => each.Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, int> Math = new Dictionary<string, int>
    {
        { "abs", 1 }, { "sin", 1 }, { "cos", 1 }, { "tan", 1 }, { "asin", 1 }, { "acos", 1 }, { "atan", 1 }, { "exp", 1 }, { "ln", 1 }, { "log2", 1 }, { "log10", 1 },
        { "sqrt", 1 }, { "floor", 1 }, { "ceil", 1 }, { "round", 1 }, { "atan2", 2 }, { "pow", 2 }, { "log", 2 },
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static FunctionFacts? Find(string name) => Known.GetValueOrDefault(name);

    /// <summary>Whether a function works on each row by itself.</summary>
    public static bool IsMath(string name) => Math.ContainsKey(name);

    public static int MathArguments(string name) => Math[name];

    public bool Accepts(RefType type) => type switch
    {
        RefType.Float or RefType.Integer or RefType.Unsigned => true,
        RefType.Boolean => Takes != Takes.Numbers,
        _ => Takes == Takes.Everything,
    };
}
