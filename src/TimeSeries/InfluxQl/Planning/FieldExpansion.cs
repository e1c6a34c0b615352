using System.Text.RegularExpressions;
using NocMonitor.TimeSeries.InfluxQl.Functions;
using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Planning;

/// <summary>Replaces wildcards and patterns among the fields by the fields and tags there are, sorted by name.</summary>
internal sealed class FieldExpansion
{
    private readonly List<Reference> _columns;
    private readonly FieldMap _map;

    public FieldExpansion(FieldMap map, IReadOnlyList<Expr> dimensions)
    {
        _map = map;
        _columns = [.. map.Fields.Select(field => new Reference(field.Key, field.Value))];

        // What is grouped by is shown above the rows already.
        if (!dimensions.Any(each => each is Wildcard or RegexLiteral))
        {
            var grouped = dimensions.OfType<Reference>().Select(each => each.Name).ToHashSet(StringComparer.Ordinal);
            _columns.AddRange(map.Tags.Where(tag => !grouped.Contains(tag)).Select(tag => new Reference(tag, RefType.Tag)));
        }

        _columns.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name) is var byName && byName != 0 ? byName : left.Type.CompareTo(right.Type));
    }

    public IEnumerable<SelectField> Expand(SelectField field) => field.Expr switch
    {
        Wildcard wildcard => _columns.Where(column => Fits(wildcard, column)).Select(column => new SelectField(column, "")),
        RegexLiteral regex => _columns.Where(column => regex.Regex.IsMatch(column.Name)).Select(column => new SelectField(column, "")),
        Call call when Innermost(call) is Wildcard or RegexLiteral => ExpandCall(field, call),
        _ => [field],
    };

    private bool Fits(Wildcard wildcard, Reference column) => wildcard.Type switch
    {
        RefType.Tag => column.Type == RefType.Tag || _map.IsShownTag(column.Name),
        RefType.AnyField => column.Type != RefType.Tag && !_map.IsShownTag(column.Name),
        _ => true,
    };

    private static Expr? Innermost(Expr expr) => expr is Call { Arguments: [var first, ..] } ? Innermost(first) : expr is Call ? null : expr;

    private IEnumerable<SelectField> ExpandCall(SelectField field, Call call)
    {
        var (wildcard, pattern) = (Innermost(call) as Wildcard, (Innermost(call) as RegexLiteral)?.Regex);
        if (wildcard?.Type == RefType.Tag)
        {
            throw new QueryException($"unable to use tag as wildcard in {call.Name}()");
        }

        var facts = InnermostCall(call) is { } inner ? FunctionFacts.Find(inner.Name) : null;
        var prefix = field.Alias.Length > 0 ? field.Alias : call.Name;
        return _columns
            .Where(column => column.Type != RefType.Tag && !_map.IsShownTag(column.Name) && IsMatch(pattern, column.Name) && (facts?.Accepts(column.Type) ?? column.Type < RefType.Text))
            .Select(column => new SelectField(Substitute(call, column), $"{prefix}_{column.Name}"));
    }

    private static bool IsMatch(Regex? pattern, string name) => pattern is null || pattern.IsMatch(name);

    private static Call? InnermostCall(Call call) => call.Arguments is [Call inner, ..] ? InnermostCall(inner) : call;

    private static Expr Substitute(Expr expr, Reference column) =>
        expr is Call call ? call with { Arguments = [Substitute(call.Arguments[0], column), .. call.Arguments.Skip(1)] } : column;
}
