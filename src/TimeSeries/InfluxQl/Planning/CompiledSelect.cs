using NocMonitor.TimeSeries.InfluxQl.Execution;
using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Planning;

/// <summary>Windows of <c>GROUP BY time(duration, offset)</c>; a duration of 0 is none.</summary>
internal readonly record struct Interval(long Duration, long Offset)
{
    public bool IsNone => Duration == 0;
}

/// <summary>A select whose form has been checked: times resolved, the time column taken out of the fields. Says nothing yet about what is stored.</summary>
internal sealed record CompiledSelect
{
    public required SelectStatement Statement { get; init; }

    public required IReadOnlyList<SelectField> Fields { get; init; }

    public required IReadOnlyList<CompiledSource> Sources { get; init; }

    public required Expr? Condition { get; init; }

    public required TimeRange Range { get; init; }

    /// <summary>What has to be read: more than asked for where functions look at the windows before.</summary>
    public TimeRange ReadRange => Range.Extended(Fields.Max(each => CallChain.ExtraWindowsOf(each.Expr)), Interval, Ascending);

    public required Interval Interval { get; init; }

    public required IReadOnlyList<Expr> Dimensions { get; init; }

    public required FillKind Fill { get; init; }

    public required bool Ascending { get; init; }

    public required string TimeColumn { get; init; }
}

/// <summary>A measurement source, or a select within the select.</summary>
internal sealed record CompiledSource(MeasurementSource? Measurement, CompiledSelect? Select);
