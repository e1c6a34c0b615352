using System.Text.RegularExpressions;

namespace NocMonitor.TimeSeries.InfluxQl.Language;

/// <summary>A statement as written; immutable. What it means is checked when it is planned.</summary>
internal abstract record Statement;

internal enum FillKind
{
    Null,
    None,
    Number,
    Previous,
    Linear,
}

internal sealed record SelectField(Expr Expr, string Alias);

internal sealed record SortField(string Name, bool Ascending);

/// <summary>Where points come from.</summary>
internal abstract record Source;

/// <summary>Measurements of a name or of a pattern; database and policy may be empty.</summary>
internal sealed record MeasurementSource(string Database, string Policy, string Name, Regex? Pattern) : Source;

internal sealed record SubquerySource(SelectStatement Statement) : Source;

internal sealed record SelectStatement : Statement
{
    public required IReadOnlyList<SelectField> Fields { get; init; }

    public required IReadOnlyList<Source> Sources { get; init; }

    public bool HasTarget { get; init; }

    public Expr? Condition { get; init; }

    public IReadOnlyList<Expr> Dimensions { get; init; } = [];

    public FillKind Fill { get; init; }

    /// <summary>The number of <see cref="FillKind.Number"/>.</summary>
    public Literal? FillValue { get; init; }

    public IReadOnlyList<SortField> Sort { get; init; } = [];

    public Paging Paging { get; init; }

    public int SeriesLimit { get; init; }

    public int SeriesOffset { get; init; }

    /// <summary>The zone that windows and bare times are counted in; null is UTC.</summary>
    public TimeZoneInfo? Zone { get; init; }

    public bool Ascending => Sort.Count == 0 || Sort[0].Ascending;
}

/// <summary><c>LIMIT</c> and <c>OFFSET</c>; 0 is none.</summary>
internal readonly record struct Paging(int Limit, int Offset);

internal enum ShowKind
{
    Databases,
    RetentionPolicies,
    Measurements,
    Series,
    TagKeys,
    TagValues,
    FieldKeys,
}

/// <summary>A condition on tag keys: <c>=</c>, <c>!=</c>, <c>IN</c>, <c>=~</c> or <c>!~</c>.</summary>
internal sealed record KeyCondition(TokenKind Operator, IReadOnlyList<string> Keys, Regex? Pattern)
{
    public bool Accepts(string key) => Operator switch
    {
        TokenKind.NotEqual => !Keys.Contains(key, StringComparer.Ordinal),
        TokenKind.Matches => Pattern!.IsMatch(key),
        TokenKind.NotMatches => !Pattern!.IsMatch(key),
        _ => Keys.Contains(key, StringComparer.Ordinal),
    };
}

internal sealed record ShowStatement(ShowKind Kind) : Statement
{
    public string Database { get; init; } = "";

    /// <summary>The retention policy of <c>ON database.policy</c>; either may be a star.</summary>
    public string Policy { get; init; } = "";

    public IReadOnlyList<Source> Sources { get; init; } = [];

    public Expr? Condition { get; init; }

    public KeyCondition? Keys { get; init; }

    public Paging Paging { get; init; }

    public int SeriesLimit { get; init; }

    public int SeriesOffset { get; init; }
}

/// <summary>Counts of series, measurements, keys and values.</summary>
internal sealed record CardinalityStatement(ShowKind Kind, bool Exact) : Statement
{
    public IReadOnlyList<Source> Sources { get; init; } = [];

    public Expr? Condition { get; init; }

    public KeyCondition? Keys { get; init; }

    public IReadOnlyList<Expr> Dimensions { get; init; } = [];

    public Paging Paging { get; init; }
}

/// <summary><c>DELETE</c>: samples of a range of time. <c>DROP SERIES</c> and <c>DROP MEASUREMENT</c>: all samples, and the series with them.</summary>
internal sealed record DeleteStatement(IReadOnlyList<Source> Sources, Expr? Condition, bool DropsSeries) : Statement;

internal sealed record CreateDatabaseStatement(string Name) : Statement;

/// <summary>Well-formed, and none of this store's business.</summary>
internal sealed record UnsupportedStatement(string Name) : Statement;

/// <summary>Well-formed, and cannot be answered for a reason that is known already.</summary>
internal sealed record RefusedStatement(string Reason) : Statement;
