using NocMonitor.TimeSeries.InfluxQl.Functions;
using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Planning;

/// <summary>Only functions that work on each row may stand in a condition.</summary>
internal static class ConditionCheck
{
    public static void Check(Expr? condition)
    {
        switch (condition)
        {
            case Binary binary:
                Check(binary.Left);
                Check(binary.Right);
                break;
            case Paren paren:
                Check(paren.Inner);
                break;
            case Call call when !FunctionFacts.IsMath(call.Name):
                throw new QueryException($"invalid function call in condition: {call}");
            case Call call:
                if (call.Arguments.Count != FunctionFacts.MathArguments(call.Name))
                {
                    throw new QueryException(
                        $"invalid number of arguments for {call.Name}, expected {FunctionFacts.MathArguments(call.Name)}, got {call.Arguments.Count}");
                }

                foreach (var argument in call.Arguments)
                {
                    Check(argument);
                }

                break;
        }
    }
}
