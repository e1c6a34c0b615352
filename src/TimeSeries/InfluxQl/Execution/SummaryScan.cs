using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>
/// Answers from hourly roll-ups where the answer is the same: the functions can be joined from them, windows begin at whole hours, no condition looks at rows, and nobody asks for the
/// time of a picked point. The hours at the ends of the range, and those that something came for since they were sealed, are read as samples. Pure and static but for the reading.
/// </summary>
internal static class SummaryScan
{
    private const long LeastRange = 2 * DurationText.Hour;

    /// <summary>Whether a select as a whole allows it.</summary>
    public static bool Suits(ScanContext context)
    {
        var range = context.WholeRange;
        return context.Chains.Count > 0 && context.Besides.Length == 0 && !context.AtTheirTime && context.OnlyFrom is null
            && (!range.HasMin || range.Max - range.Min >= LeastRange)
            && context.Chains.All(chain => chain.ExtraWindows == 0 && chain.Aggregate is { Name: "count" or "sum" or "mean" or "min" or "max" or "spread" or "last" })
            && (context.Plan.Interval.IsNone || (range.HasMin && context.Plan.Interval.Duration % DurationText.Hour == 0 && context.Plan.Interval.Offset % DurationText.Hour == 0));
    }

    /// <summary>Whether the group and the series that the view is turned to allow it.</summary>
    public static bool Suits(QueryGroup group, BlockView view, List<CallScan> scans) =>
        scans.TrueForAll(scan => scan.TakesSummaries(view) && scan.Windows.BeginOnHours && (scan.IsLast ? group.Inputs.Count == 1 : true));

    public static void Take(ScanContext context, BlockView view, StoredInput input, List<CallScan> scans)
    {
        var reader = context.Readers.Rent();
        try
        {
            var (range, hours) = (context.WholeRange, reader.Summarized);
            hours.Seek(input.Series, range.Min, range.Max + 1, view.Fields);
            while (hours.Read())
            {
                context.Token.ThrowIfCancellationRequested();
                var (day, row) = hours.Summary;
                if (hours.IsSummary && scans.TrueForAll(scan => scan.CanTake(view, day, row)))
                {
                    scans.ForEach(scan => scan.Take(view, day, row));
                }
                else if (hours.Samples() is { Count: > 0 } samples)
                {
                    view.Load(samples, null);
                    scans.ForEach(scan => scan.Take(view));
                }
            }
        }
        finally
        {
            context.Readers.Return(reader);
        }
    }
}
