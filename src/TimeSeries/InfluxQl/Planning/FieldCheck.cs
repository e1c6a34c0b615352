using NocMonitor.TimeSeries.InfluxQl.Functions;
using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Planning;

/// <summary>Checks the fields of one select, one after the other, and then whether they go together.</summary>
internal sealed partial class FieldCheck(Interval interval, bool inheritsInterval, int limit)
{
    private bool _wildcards;
    private bool _onlySelectors = true;
    private bool _hasPlain;
    private bool _hasDistinct;
    private int _calls;
    private string _topOrBottom = "";

    public void Add(Expr field)
    {
        _wildcards = true;
        Check(field);
    }

    public void Complete(FillKind fill, int fields)
    {
        if (fields == 0)
        {
            throw new QueryException("at least 1 non-time field must be queried");
        }

        if (_calls > 1 && _topOrBottom.Length > 0)
        {
            throw new QueryException($"selector function {_topOrBottom}() cannot be combined with other functions");
        }

        if (_calls == 0)
        {
            CheckPlain(fill);
        }

        if (_hasDistinct && (_calls != 1 || _hasPlain))
        {
            throw new QueryException("aggregate function distinct() cannot be combined with other functions or fields");
        }

        if (_hasPlain && !_onlySelectors)
        {
            throw new QueryException("mixing aggregate and non-aggregate queries is not supported");
        }

        if (_hasPlain && _calls > 1)
        {
            throw new QueryException("mixing multiple selector functions with tags or fields is not supported");
        }
    }

    private void CheckPlain(FillKind fill)
    {
        if (fill is FillKind.None or FillKind.Linear)
        {
            throw new QueryException($"fill({(fill == FillKind.None ? "none" : "linear")}) must be used with a function");
        }

        if (!interval.IsNone && !inheritsInterval)
        {
            throw new QueryException("GROUP BY requires at least one aggregate function");
        }
    }

    private void Check(Expr expr)
    {
        switch (expr)
        {
            case Reference:
                _hasPlain = true;
                break;
            case Wildcard or RegexLiteral:
                _hasPlain = true;
                if (!_wildcards)
                {
                    throw new QueryException($"unable to use {(expr is Wildcard ? "wildcard" : "regex")} in a binary expression");
                }

                break;
            case Paren paren:
                Check(paren.Inner);
                break;
            case Binary binary:
                CheckBinary(binary);
                break;
            case Call call when FunctionFacts.IsMath(call.Name):
                CheckMath(call);
                break;
            case Call call:
                _calls++;
                CheckCall(call);
                break;
            default:
                throw new QueryException("field must contain at least one variable");
        }
    }

    private void CheckBinary(Binary binary)
    {
        _wildcards = false;
        if (binary.Left is Literal and not RegexLiteral && binary.Right is Literal and not RegexLiteral)
        {
            throw new QueryException("cannot perform a binary expression on two literals");
        }

        foreach (var side in new[] { binary.Left, binary.Right })
        {
            if (side is not Literal)
            {
                Check(side);
            }
        }
    }

    private void CheckMath(Call call)
    {
        if (call.Arguments.Count != FunctionFacts.MathArguments(call.Name))
        {
            throw new QueryException($"invalid number of arguments for {call.Name}, expected {FunctionFacts.MathArguments(call.Name)}, got {call.Arguments.Count}");
        }

        foreach (var argument in call.Arguments)
        {
            if (argument is not Literal)
            {
                Check(argument);
            }
        }
    }

    /// <summary>What a function takes points of: a field, or several by wildcard or pattern.</summary>
    private void CheckSymbol(string name, Expr argument)
    {
        switch (argument)
        {
            case Reference:
                break;
            case Wildcard or RegexLiteral:
                if (!_wildcards)
                {
                    throw new QueryException($"unsupported expression with {(argument is Wildcard ? "wildcard" : "regex field")}: {name}()");
                }

                _onlySelectors = false;
                break;
            default:
                throw new QueryException($"expected field argument in {name}()");
        }
    }
}
