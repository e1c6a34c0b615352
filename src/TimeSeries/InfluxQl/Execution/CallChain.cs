using NocMonitor.TimeSeries.InfluxQl.Functions;
using NocMonitor.TimeSeries.InfluxQl.Language;
using NocMonitor.TimeSeries.InfluxQl.Planning;

namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>
/// One function of a select taken apart: what is read, the function that groups it into windows, if any, and the transformations of its points, from the inside out. Immutable.
/// </summary>
internal sealed class CallChain
{
    private CallChain(Call call, Reference? column, Call? aggregate, IReadOnlyList<Call> transformations)
    {
        (Call, Column, Aggregate, Transformations) = (call, column, aggregate, transformations);
    }

    public Call Call { get; }

    /// <summary>What is read; null when it has no type, so that nothing will be found.</summary>
    public Reference? Column { get; }

    /// <summary>The function over windows; null when transformations work on raw points.</summary>
    public Call? Aggregate { get; }

    public IReadOnlyList<Call> Transformations { get; }

    /// <summary>Windows before the first that a transformation needs points of.</summary>
    public int ExtraWindows => ExtraWindowsOf(Call);

    public bool IsSelector => Transformations.Count == 0 && FunctionFacts.Find(Call.Name)!.IsSelector;

    /// <summary>Whether windows without points get a value by <c>fill()</c>.</summary>
    public bool IsFilled => Aggregate is { Name: not ("distinct" or "sample" or "top" or "bottom" or "integral") };

    /// <summary>The most windows before the first that any function of an expression needs points of.</summary>
    public static int ExtraWindowsOf(Expr expr) => expr switch
    {
        Paren paren => ExtraWindowsOf(paren.Inner),
        Binary binary => Math.Max(ExtraWindowsOf(binary.Left), ExtraWindowsOf(binary.Right)),
        Call call when FunctionFacts.IsMath(call.Name) => call.Arguments.Max(ExtraWindowsOf),
        Call { Arguments.Count: > 0 } call when FunctionFacts.Find(call.Name)?.IsTransformation == true => ExtraWindowsOf(call.Arguments[0]) + (LooksBack(call) ? 1 : 0),
        _ => 0,
    };

    /// <summary>Over raw points they begin with the range, over windows with the one before it, as in InfluxDB.</summary>
    private static bool LooksBack(Call call) => call.Arguments[0] is Call && call.Name is not ("cumulative_sum" or "holt_winters" or "holt_winters_with_fit");

    public static CallChain Of(Call call)
    {
        var transformations = new List<Call>();
        var inner = call;
        while (FunctionFacts.Find(inner.Name)!.IsTransformation)
        {
            transformations.Insert(0, inner);
            if (inner.Arguments[0] is not Call next)
            {
                return new CallChain(call, Known(inner.Arguments[0]), null, transformations);
            }

            inner = next;
        }

        var argument = inner.Arguments[0] is Call { Name: "distinct" } distinct ? distinct.Arguments[0] : inner.Arguments[0];
        return new CallChain(call, Known(argument), inner, transformations);
    }

    /// <summary>The type of the function's result.</summary>
    public RefType ResultType => ExprTypes.Of(Call);

    /// <summary>Tags are no numbers: functions of them find nothing.</summary>
    private static Reference? Known(Expr expr) => expr is Reference { Type: not (RefType.Unknown or RefType.Tag) } reference ? reference : null;
}
