using NocMonitor.TimeSeries.InfluxQl.Execution;
using NocMonitor.TimeSeries.InfluxQl.Language;
using NocMonitor.TimeSeries.InfluxQl.Planning;

namespace NocMonitor.TimeSeries.InfluxQl.Show;

/// <summary>Tells what is stored, from the index alone. Bounds of time are accepted and do not narrow the answer.</summary>
internal sealed class ShowExecutor(SeriesIndex index, long now, CancellationToken token)
{
    public IEnumerable<ResultSeries> Run(ShowStatement statement) => statement.Kind switch
    {
        ShowKind.Measurements => Measurements(statement),
        ShowKind.Series => Series(statement),
        ShowKind.TagKeys => TagKeys(statement),
        ShowKind.TagValues => TagValues(statement),
        _ => FieldKeys(statement),
    };

    private IEnumerable<ResultSeries> Measurements(ShowStatement statement)
    {
        if (BoundsTime(statement.Condition))
        {
            throw new QueryException("SHOW MEASUREMENTS doesn't support time in WHERE clause");
        }

        if (statement is { Database: "*", Policy: not ("" or "*") })
        {
            throw new QueryException("query 'SHOW MEASUREMENTS ON *.rp' not supported. use 'ON *.*' or specify a database");
        }

        CheckOperators(statement.Condition);
        var names = Page(NamesOf(statement.Sources).Where(name => MeasurementCondition.Holds(index, name, statement.Condition)), statement.Paging).ToArray();
        return names.Length == 0 ? []
            : statement.Policy != "*" ? [ResultSeries.OfTexts("measurements", ["name"], names)]
            : [ResultSeries.OfTexts(
                "measurements", ["name", "database", "retention policy"], names,
                names.Select(_ => statement.Database == "*" ? DatabaseNames.Own : statement.Database), names.Select(_ => RetentionPolicies.Name))];
    }

    private IEnumerable<ResultSeries> Series(ShowStatement statement)
    {
        var keys = NamesOf(statement.Sources).SelectMany(name => Find(name, statement.Condition)).Select(input => input.Series.ToString()).ToArray();

        // By what the names are, not by how they are written.
        Array.Sort(Array.ConvertAll(keys, key => key.Replace("\\", "", StringComparison.Ordinal)), keys, StringComparer.Ordinal);
        var page = Page(keys, statement.Paging).ToArray();
        return page.Length == 0 ? [] : [ResultSeries.OfTexts("", ["key"], page)];
    }

    private IEnumerable<ResultSeries> TagKeys(ShowStatement statement)
    {
        var all = NamesOf(statement.Sources).Select(name => (name, keys: KeysOf(name, statement))).Where(pair => pair.keys.Count > 0);
        foreach (var (name, keys) in Page(all, new Paging(statement.SeriesLimit, statement.SeriesOffset)))
        {
            var page = Page(keys, statement.Paging).ToArray();
            if (page.Length > 0)
            {
                yield return ResultSeries.OfTexts(name, ["tagKey"], page);
            }
        }
    }

    private IReadOnlyCollection<string> KeysOf(string measurement, ShowStatement statement)
    {
        IEnumerable<string> keys = statement.Condition is null
            ? index.TagKeys(measurement)
            : new SortedSet<string>(Find(measurement, statement.Condition).SelectMany(input => input.Tags).Select(tag => tag.Key), StringComparer.Ordinal);
        return [.. keys.Where(key => statement.Keys?.Accepts(key) ?? true)];
    }

    private IEnumerable<ResultSeries> TagValues(ShowStatement statement)
    {
        foreach (var name in NamesOf(statement.Sources))
        {
            token.ThrowIfCancellationRequested();
            if (TagValueRows.Of(name, TagValues(name, statement), statement.Paging) is { } rows)
            {
                yield return rows;
            }
        }
    }

    /// <summary>Iterators of our own: those of LINQ over pairs would be compiled when the first question waits.</summary>
    private IEnumerable<(string Key, IReadOnlyList<string> Values)> TagValues(string measurement, ShowStatement statement)
    {
        string[] keys = [.. index.TagKeys(measurement).Where(statement.Keys!.Accepts)];
        var found = statement.Condition is null ? null : TagValues(measurement, statement.Condition, keys);
        for (var i = 0; i < keys.Length; i++)
        {
            yield return (keys[i], found?[i] ?? index.TagValues(measurement, keys[i]));
        }
    }

    private IReadOnlyList<IReadOnlyList<string>> TagValues(string measurement, Expr condition, string[] keys)
    {
        if (ConditionOn(measurement, condition) is { IsSettled: true } settled)
        {
            return index.TagValues(measurement, keys, settled.Matchers);
        }

        var found = Array.ConvertAll(keys, _ => new HashSet<string>(StringComparer.Ordinal));
        foreach (var input in Find(measurement, condition))
        {
            AddTags(input, keys, found);
        }

        return Array.ConvertAll(found, InOrder);
    }

    private static string[] InOrder(HashSet<string> found)
    {
        string[] values = [.. found];
        Array.Sort(values, StringComparer.Ordinal);
        return values;
    }

    private static void AddTags(StoredInput input, string[] keys, HashSet<string>[] found)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            if (input.Series.FindTag(keys[i]) is { } value)
            {
                found[i].Add(value);
            }
        }
    }

    private IEnumerable<ResultSeries> FieldKeys(ShowStatement statement)
    {
        foreach (var name in NamesOf(statement.Sources))
        {
            var fields = Page(index.Fields(name), statement.Paging).ToArray();
            if (fields.Length > 0)
            {
                yield return ResultSeries.OfTexts(
                    name, ["fieldKey", "fieldType"], fields.Select(field => field.Name), fields.Select(field => ExprText.TypeName(FieldMap.TypeOf(field.Kind))));
            }
        }
    }

    /// <summary>The measurements that sources name, in order; all without any.</summary>
    internal IEnumerable<string> NamesOf(IReadOnlyList<Source> sources) =>
        index.Measurements.Where(name => sources.Count == 0 || sources.OfType<MeasurementSource>().Any(source => source.Pattern?.IsMatch(name) ?? source.Name == name));

    /// <summary>The series of a measurement that satisfy a condition on tags.</summary>
    internal IEnumerable<StoredInput> Find(string measurement, Expr? condition)
    {
        var tags = ConditionOn(measurement, condition);
        return tags.NeverHolds ? [] : index.Find(measurement, tags.Matchers)
            .Select(series => new StoredInput(series, measurement))
            .Where(input => tags.For(input) is null or BooleanLiteral { Value: true });
    }

    private TagCondition ConditionOn(string measurement, Expr? condition)
    {
        var (rest, _) = Conditions.Split(condition, now, null);
        CheckOperators(rest);
        return TagCondition.Of(rest is null ? null : WithName(rest, measurement));
    }

    private static void CheckOperators(Expr? condition)
    {
        switch (condition)
        {
            case Binary { Operator: TokenKind.And or TokenKind.Or } both:
                CheckOperators(both.Left);
                CheckOperators(both.Right);
                break;
            case Paren paren:
                CheckOperators(paren.Inner);
                break;
            case Binary { Operator: TokenKind.Equal or TokenKind.NotEqual or TokenKind.Matches or TokenKind.NotMatches } or null:
                break;
            default:
                throw new QueryException("invalid tag comparison operator");
        }
    }

    /// <summary><c>_name</c> stands for the measurement.</summary>
    private static Expr WithName(Expr expr, string measurement) => expr switch
    {
        Reference { Name: "_name" } => new TextLiteral(measurement),
        Binary binary => binary with { Left = WithName(binary.Left, measurement), Right = WithName(binary.Right, measurement) },
        Paren paren => new Paren(WithName(paren.Inner, measurement)),
        _ => expr,
    };

    internal static bool BoundsTime(Expr? condition) => condition switch
    {
        Reference reference => reference.Name.Equals("time", StringComparison.OrdinalIgnoreCase),
        Binary binary => BoundsTime(binary.Left) || BoundsTime(binary.Right),
        Paren paren => BoundsTime(paren.Inner),
        _ => false,
    };

    internal static IEnumerable<T> Page<T>(IEnumerable<T> all, Paging paging)
    {
        var rest = all.Skip(paging.Offset);
        return paging.Limit > 0 ? rest.Take(paging.Limit) : rest;
    }
}
