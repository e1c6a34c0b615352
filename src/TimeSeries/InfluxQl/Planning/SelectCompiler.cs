using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Planning;

/// <summary>Checks the form of a select, without looking at what is stored. Refuses what InfluxDB refuses, in its words and in its order.</summary>
internal sealed class SelectCompiler
{
    private readonly SelectStatement _statement;
    private readonly long _now;
    private readonly CompiledSelect? _outer;
    private readonly List<SelectField> _fields = [];
    private string _timeColumn = "time";

    private SelectCompiler(SelectStatement statement, long now, CompiledSelect? outer) => (_statement, _now, _outer) = (statement, now, outer);

    /// <exception cref="QueryException">The statement asks for something that cannot be.</exception>
    public static CompiledSelect Compile(SelectStatement statement, long now) => new SelectCompiler(statement, now, null).Compile();

    private CompiledSelect Compile()
    {
        if (_statement.HasTarget)
        {
            throw new QueryException("SELECT INTO is not supported");
        }

        if (_statement.Sort.Count > 1)
        {
            throw new QueryException("only ORDER BY time supported at this time");
        }

        var (condition, range) = Conditions.Split(_statement.Condition, _now, _statement.Zone);
        ConditionCheck.Check(condition);
        var dimensions = _statement.Dimensions.Select(each => Folding.Fold(each, null, _statement.Zone)).ToList();
        var interval = Dimensions.IntervalOf(dimensions, _now, _statement.Zone);
        range = range with { Max = !range.HasMax && !interval.IsNone ? _now : range.Max };
        var (inherits, fill) = (false, _statement.Fill);
        if (_outer is not null)
        {
            // What the outer query would drop again is not made in the first place.
            fill = fill == FillKind.Null && (!interval.IsNone || !_outer.Interval.IsNone) ? FillKind.None : fill;
            inherits = interval.IsNone && !_outer.Interval.IsNone;
            interval = inherits ? _outer.Interval : interval;
            range = range.Intersect(_outer.ReadRange);
            if (_statement.Sort.Count > 0 && _statement.Ascending != _outer.Ascending)
            {
                throw new QueryException("subqueries must be ordered in the same direction as the query itself");
            }
        }

        CheckFields(interval, inherits);
        return WithSources(new CompiledSelect
        {
            Statement = _statement,
            Fields = _fields,
            Sources = [],
            Condition = condition,
            Range = range,
            Interval = interval,
            Dimensions = [.. dimensions.Where(each => each is not Call)],
            Fill = fill,
            Ascending = _outer?.Ascending ?? _statement.Ascending,
            TimeColumn = _timeColumn,
        });
    }

    private void CheckFields(Interval interval, bool inherits)
    {
        var check = new FieldCheck(interval, inherits, _statement.Paging.Limit);
        foreach (var field in _statement.Fields)
        {
            if (field.Expr is Reference { Name: "time" })
            {
                _timeColumn = field.Alias.Length > 0 ? field.Alias : _timeColumn;
                continue;
            }

            var folded = field with { Expr = Normal(Folding.Fold(field.Expr, null, _statement.Zone)) };
            _fields.Add(folded);
            check.Add(folded.Expr);
        }

        check.Complete(_statement.Fill, _fields.Count);
    }

    private CompiledSelect WithSources(CompiledSelect compiled) => compiled with
    {
        Sources =
        [
            .. _statement.Sources.Select(source => source is SubquerySource subquery
                ? new CompiledSource(null, new SelectCompiler(subquery.Statement, _now, compiled).Compile())
                : new CompiledSource((MeasurementSource)source, null)),
        ],
    };

    /// <summary><c>DISTINCT x</c> is <c>distinct(x)</c>.</summary>
    private static Expr Normal(Expr expr) => expr switch
    {
        DistinctWord distinct => new Call("distinct", [new Reference(distinct.Name)]),
        Call call => call with { Arguments = [.. call.Arguments.Select(Normal)] },
        Binary binary => binary with { Left = Normal(binary.Left), Right = Normal(binary.Right) },
        Paren paren => new Paren(Normal(paren.Inner)),
        _ => expr,
    };
}
