using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Planning;

/// <summary>A select bound to what is stored: which measurements, which columns of which types. Immutable.</summary>
internal sealed record SelectPlan
{
    public required IReadOnlyList<PlannedSource> Sources { get; init; }

    /// <summary>What is shown: expressions over typed references and calls.</summary>
    public required IReadOnlyList<PlannedField> Fields { get; init; }

    /// <summary>Each function once, however often it is shown.</summary>
    public required IReadOnlyList<Call> Calls { get; init; }

    /// <summary>Fields and tags shown as they are: each once.</summary>
    public required IReadOnlyList<Reference> References { get; init; }

    /// <summary>What is left of the condition without time; references are typed.</summary>
    public required Expr? Condition { get; init; }

    public required TimeRange Range { get; init; }

    /// <summary>Nothing before this time is read, although the range has no beginning.</summary>
    public long ReadFrom { get; init; } = TimeText.Min;

    public required Interval Interval { get; init; }

    /// <summary>The tags to group by, sorted.</summary>
    public required IReadOnlyList<string> Dimensions { get; init; }

    public required FillKind Fill { get; init; }

    public required Literal? FillValue { get; init; }

    public required bool Ascending { get; init; }

    public required string TimeColumn { get; init; }

    public required Paging Paging { get; init; }

    public required int SeriesLimit { get; init; }

    public required int SeriesOffset { get; init; }

    public required TimeZoneInfo? Zone { get; init; }

    public bool IsRaw => Calls.Count == 0;
}

/// <summary>A stored measurement, or the rows of a select within the select.</summary>
internal sealed record PlannedSource(string Measurement, SelectPlan? Select);

internal sealed record PlannedField(Expr Expr, string Column, RefType Type);
