using NocMonitor.TimeSeries.InfluxQl.Functions;
using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Planning;

/// <summary>Functions and their arguments.</summary>
internal sealed partial class FieldCheck
{
    private void CheckCall(Call call)
    {
        var facts = FunctionFacts.Find(call.Name) ?? throw new QueryException($"undefined function {call.Name}()");
        var arguments = call.Arguments;
        switch (call.Name)
        {
            case "percentile":
                Count(call, 2);
                Require(arguments[1] is IntegerLiteral or NumberLiteral, "expected float argument in percentile()");
                CheckSymbol(call.Name, arguments[0]);
                break;
            case "sample":
                Count(call, 2);
                Require(arguments[1] is IntegerLiteral, "expected integer argument in sample()");
                Require(arguments[1] is IntegerLiteral { Value: > 0 }, $"sample window must be greater than 1, got {arguments[1]}");
                CheckSymbol(call.Name, arguments[0]);
                break;
            case "distinct":
                CheckDistinct(arguments);
                _hasDistinct = true;
                break;
            case "top" or "bottom":
                CheckTopBottom(call);
                break;
            case "integral":
                CheckUnit(call, "second argument must be a duration");
                _onlySelectors = false;
                CheckSymbol(call.Name, arguments[0]);
                break;
            case var _ when facts.IsTransformation:
                CheckTransformation(call);
                break;
            default:
                CheckAggregate(call, facts);
                break;
        }
    }

    private void CheckAggregate(Call call, FunctionFacts facts)
    {
        _onlySelectors &= facts.IsSelector;
        Count(call, 1);
        if (call.Name == "count" && call.Arguments[0] is Call { Name: "distinct" } distinct)
        {
            CheckDistinct(distinct.Arguments);
            return;
        }

        CheckSymbol(call.Name, call.Arguments[0]);
    }

    private void CheckDistinct(IReadOnlyList<Expr> arguments)
    {
        Require(arguments.Count > 0, "distinct function requires at least one argument");
        Require(arguments.Count == 1, "distinct function can only have one argument");
        Require(arguments[0] is Reference, "expected field argument in distinct()");
        _onlySelectors = false;
    }

    private void CheckTopBottom(Call call)
    {
        var (name, arguments) = (call.Name, call.Arguments);
        Require(_topOrBottom.Length == 0, $"selector function {_topOrBottom}() cannot be combined with other functions");
        Require(arguments.Count >= 2, $"invalid number of arguments for {name}, expected at least 2, got {arguments.Count}");
        Require(arguments[^1] is IntegerLiteral, $"expected integer as last argument in {name}(), found {arguments[^1]}");
        var most = ((IntegerLiteral)arguments[^1]).Value;
        Require(most > 0, $"limit ({most}) in {name} function must be at least 1");
        Require(limit == 0 || most <= limit, $"limit ({most}) in {name} function can not be larger than the LIMIT ({limit}) in the select statement");
        Require(arguments[0] is Reference, $"expected first argument to be a field in {name}(), found {arguments[0]}");
        foreach (var tag in arguments.Skip(1).SkipLast(1))
        {
            Require(tag is Reference, $"only fields or tags are allowed in {name}(), found {tag}");
            _hasPlain = true;
        }

        _topOrBottom = name;
    }

    private void CheckTransformation(Call call)
    {
        var (name, arguments) = (call.Name, call.Arguments);
        switch (name)
        {
            case "derivative" or "non_negative_derivative" or "elapsed":
                CheckUnit(call, $"second argument to {name} must be a duration, got {(arguments.Count > 1 ? GoNames.Of(arguments[1]) : "")}");
                break;
            case "moving_average":
                Require(arguments.Count == 2, $"invalid number of arguments for {name}, expected 2, got {arguments.Count}");
                Require(arguments[1] is IntegerLiteral, $"second argument for {name} must be an integer, got {GoNames.Of(arguments[1])}");
                Require(arguments[1] is IntegerLiteral { Value: > 1 }, $"{name} window must be greater than 1, got {arguments[1]}");
                break;
            case "difference" or "non_negative_difference" or "cumulative_sum":
                Require(arguments.Count == 1, $"invalid number of arguments for {name}, expected 1, got {arguments.Count}");
                break;
            case "holt_winters" or "holt_winters_with_fit":
                CheckHoltWinters(call);
                break;
            default:
                CheckSmoothing(call);
                break;
        }

        _onlySelectors = false;
        CheckInner(name, arguments[0]);
    }

    private static void CheckHoltWinters(Call call)
    {
        Count(call, 3);
        Require(call.Arguments[1] is IntegerLiteral, $"expected integer argument as second arg in {call.Name}");
        Require(call.Arguments[1] is IntegerLiteral { Value: > 0 }, $"second arg to {call.Name} must be greater than 0, got {call.Arguments[1]}");
        Require(call.Arguments[2] is IntegerLiteral, $"expected integer argument as third arg in {call.Name}");
        Require(call.Arguments[2] is IntegerLiteral { Value: >= 0 }, $"third arg to {call.Name} cannot be negative, got {call.Arguments[2]}");
        Require(call.Arguments[0] is Call, $"must use aggregate function with {call.Name}");
    }

    private static void CheckSmoothing(Call call)
    {
        var (name, arguments) = (call.Name, call.Arguments);
        var most = name.StartsWith("kaufmans", StringComparison.Ordinal) ? 3 : 4;
        Require(arguments.Count >= 2 && arguments.Count <= most, $"invalid number of arguments for {name}, expected at least 2 but no more than {most}, got {arguments.Count}");
        Require(arguments[1] is IntegerLiteral, $"{name} period must be an integer");
        Require(arguments[1] is IntegerLiteral { Value: >= 1 }, $"{name} period must be greater than or equal to 1");
        if (arguments.Count >= 3)
        {
            var least = name == "triple_exponential_derivative" ? 1 : 0;
            Require(arguments[2] is IntegerLiteral, $"{name} hold period must be an integer");
            Require(arguments[2] is IntegerLiteral { Value: var hold } && (hold >= least || hold == -1), $"{name} hold period must be greater than or equal to {least}");
        }

        if (arguments.Count >= 4)
        {
            Require(arguments[3] is TextLiteral, $"{name} warmup type must be a string");
            var none = name == "chande_momentum_oscillator";
            Require(
                arguments[3] is TextLiteral { Value: var warmup } && (warmup is "exponential" or "simple" || (none && warmup == "none")),
                $"{name} warmup type must be one of: {(none ? "'none' " : "")}'exponential' 'simple'");
        }
    }

    /// <summary>Points of another function over windows of time, or raw points without windows.</summary>
    private void CheckInner(string name, Expr inner)
    {
        if (inner is Call call)
        {
            Require(!interval.IsNone, $"{name} aggregate requires a GROUP BY interval");
            if (call.Name == "distinct")
            {
                CheckDistinct(call.Arguments);
                return;
            }

            Check(call);
            return;
        }

        Require(interval.IsNone || inheritsInterval, $"aggregate function required inside the call to {name}");
        CheckSymbol(name, inner);
    }

    private static void CheckUnit(Call call, string otherwise)
    {
        var arguments = call.Arguments;
        Require(arguments.Count is 1 or 2, $"invalid number of arguments for {call.Name}, expected at least 1 but no more than 2, got {arguments.Count}");
        if (arguments.Count == 2)
        {
            Require(arguments[1] is DurationLiteral, otherwise);
            var unit = ((DurationLiteral)arguments[1]).Nanoseconds;
            Require(unit > 0, $"duration argument must be positive, got {DurationText.Format(unit)}");
        }
    }

    private static void Count(Call call, int expected) => Require(
        call.Arguments.Count == expected, $"invalid number of arguments for {call.Name}, expected {expected}, got {call.Arguments.Count}");

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new QueryException(otherwise);
        }
    }
}
