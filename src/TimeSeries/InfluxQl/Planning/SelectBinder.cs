using NocMonitor.TimeSeries.InfluxQl.Functions;
using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Planning;

/// <summary>Binds a compiled select to what is stored: expands patterns and wildcards, and gives every reference its type.</summary>
internal sealed class SelectBinder
{
    private readonly SeriesIndex _index;
    private readonly CompiledSelect _select;
    private readonly IReadOnlyCollection<string> _outerDimensions;
    private readonly List<PlannedSource> _sources = [];
    private readonly FieldMap _map = new();

    private SelectBinder(SeriesIndex index, CompiledSelect select, IReadOnlyCollection<string> outerDimensions) =>
        (_index, _select, _outerDimensions) = (index, select, outerDimensions);

    /// <exception cref="QueryException">The types of what is stored do not go together as asked.</exception>
    public static SelectPlan Bind(SeriesIndex index, CompiledSelect select) => new SelectBinder(index, select, []).Bind();

    private SelectPlan Bind()
    {
        BindMeasurements();
        var dimensions = new SortedSet<string>(_outerDimensions, StringComparer.Ordinal);
        dimensions.UnionWith(DimensionsOf(_select.Dimensions));
        BindSubqueries(dimensions);
        dimensions.UnionWith(DimensionsOf(_select.Dimensions));
        var expansion = new FieldExpansion(_map, _select.Dimensions);
        var fields = _select.Fields.SelectMany(expansion.Expand).Select(field => field with { Expr = Typed(field.Expr) }).SelectMany(WithTags).ToList();
        var names = ColumnNames.Of(_select.TimeColumn, fields);
        var calls = new Dictionary<string, Call>(StringComparer.Ordinal);
        var references = new Dictionary<string, Reference>(StringComparer.Ordinal);
        fields.ForEach(field => Collect(field.Expr, calls, references));
        return new SelectPlan
        {
            Sources = _sources,
            Fields = [.. fields.Select((field, i) => new PlannedField(field.Expr, names[i], ExprTypes.Of(field.Expr)))],
            Calls = [.. calls.Values],
            References = [.. references.Values],
            Condition = _select.Condition is { } condition ? Typed(condition) : null,
            Range = _select.Range,
            Interval = _select.Interval,
            Dimensions = [.. dimensions],
            Fill = _select.Fill,
            FillValue = _select.Statement.FillValue,
            Ascending = _select.Ascending,
            TimeColumn = _select.TimeColumn,
            Paging = _select.Statement.Paging,
            SeriesLimit = _select.Statement.SeriesLimit,
            SeriesOffset = _select.Statement.SeriesOffset,
            Zone = _select.Statement.Zone,
        };
    }

    private void BindMeasurements()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in _select.Sources)
        {
            if (source.Measurement is not { } measurement)
            {
                continue;
            }

            var found = measurement.Pattern is { } pattern ? _index.Measurements.Where(name => pattern.IsMatch(name)) : [measurement.Name];
            foreach (var name in found.Where(names.Add))
            {
                _sources.Add(new PlannedSource(name, null));
                _map.Add(_index, name);
            }
        }
    }

    private void BindSubqueries(IReadOnlyCollection<string> dimensions)
    {
        foreach (var source in _select.Sources)
        {
            if (source.Select is { } inner)
            {
                var plan = new SelectBinder(_index, inner, dimensions).Bind();
                _sources.Add(new PlannedSource("", plan));
                _map.Add(plan);
            }
        }
    }

    private IEnumerable<string> DimensionsOf(IReadOnlyList<Expr> dimensions)
    {
        foreach (var dimension in dimensions)
        {
            var names = dimension switch
            {
                Reference reference => [reference.Name],
                RegexLiteral regex => _map.Tags.Where(tag => regex.Regex.IsMatch(tag)),
                _ => _map.Tags,
            };
            foreach (var name in names)
            {
                yield return name;
            }
        }
    }

    private Expr Typed(Expr expr) => expr switch
    {
        Reference reference => reference with { Type = _map.TypeOf(reference) },
        Call call => call with { Arguments = [.. call.Arguments.Select(Typed)] },
        Binary binary => binary with { Left = Typed(binary.Left), Right = Typed(binary.Right) },
        Paren paren => new Paren(Typed(paren.Inner)),
        _ => expr,
    };

    /// <summary>The tags that <c>top</c> and <c>bottom</c> name are shown in columns of their own.</summary>
    private static IEnumerable<SelectField> WithTags(SelectField field) => field.Expr is Call { Name: "top" or "bottom" } call
        ? call.Arguments.Skip(1).SkipLast(1).Select(tag => new SelectField(tag, "")).Prepend(field)
        : [field];

    private static void Collect(Expr expr, Dictionary<string, Call> calls, Dictionary<string, Reference> references)
    {
        switch (expr)
        {
            case Reference reference:
                references.TryAdd(reference.ToString(), reference);
                break;
            case Call call when !FunctionFacts.IsMath(call.Name):
                CheckTypes(call);
                calls.TryAdd(call.ToString(), call);
                break;
            case Call call:
                foreach (var argument in call.Arguments)
                {
                    Collect(argument, calls, references);
                }

                break;
            case Binary binary:
                Collect(binary.Left, calls, references);
                Collect(binary.Right, calls, references);
                break;
            case Paren paren:
                Collect(paren.Inner, calls, references);
                break;
        }
    }

    private static void CheckTypes(Call call)
    {
        var inner = call.Arguments[0];
        if (inner is Call nested)
        {
            CheckTypes(nested);
        }

        var type = ExprTypes.Of(inner);
        if (type is not (RefType.Unknown or RefType.Tag) && !FunctionFacts.Find(call.Name)!.Accepts(type))
        {
            throw new QueryException($"unsupported {call.Name} iterator type: {GoNames.Iterator(type)}");
        }
    }
}
