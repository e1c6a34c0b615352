using NocMonitor.TimeSeries.InfluxQl.Functions;
using NocMonitor.TimeSeries.InfluxQl.Language;
using NocMonitor.TimeSeries.InfluxQl.Planning;

namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>Computes the rows of one group.</summary>
internal static class GroupComputation
{
    /// <summary>More threads would need more memory for their windows than they save time.</summary>
    private const int MostWindowsShared = 100_000;

    /// <summary>The rows of a group; null when it has none.</summary>
    /// <param name="threads">How many may work on it at once.</param>
    public static GroupRows? Run(ScanContext context, QueryGroup group, int threads)
    {
        if (context.Plan.IsRaw)
        {
            return RawRows.Run(context, group);
        }

        var notBefore = context.Plan.Interval.IsNone || context.Plan.Range.HasMin
            ? context.Plan.Range.Min
            : group.Inputs.Min(each => each.Input.NotBefore(context.Readers, context.WholeRange));
        var scans = Scan(context, group, notBefore, threads);
        var results = new Points?[scans.Length];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = scans[i] is { } scan ? Finish(context, context.Chains[i], scan) : null;
        }

        return RowAssembly.Run(context, group, results);
    }

    /// <summary>Threads take neighbouring series, and what they made is joined in that order, so that the answer does not depend on how many there were.</summary>
    private static CallScan?[] Scan(ScanContext context, QueryGroup group, long notBefore, int threads)
    {
        var first = Open(context, notBefore);
        var parts = Math.Min(threads, group.Inputs.Count / 2);
        if (parts < 2 || first.Any(scan => scan?.Windows.Count > MostWindowsShared))
        {
            Take(context, group, 0, group.Inputs.Count, first);
            return first;
        }

        var scans = Enumerable.Range(0, parts).Select(part => part == 0 ? first : Open(context, notBefore)).ToArray();
        Parallels.Run(
            parts, threads,
            part => Take(context, group, (int)((long)group.Inputs.Count * part / parts), (int)((long)group.Inputs.Count * (part + 1) / parts), scans[part]), context.Token);
        foreach (var later in scans.Skip(1))
        {
            for (var i = 0; i < first.Length; i++)
            {
                first[i]?.Merge(later[i]!);
            }
        }

        return first;
    }

    private static CallScan?[] Open(ScanContext context, long notBefore)
    {
        var scans = new CallScan?[context.Chains.Count];
        for (var i = 0; i < scans.Length; i++)
        {
            scans[i] = context.Chains[i] is { Column: not null } chain
                ? new CallScan(chain, context.Slots, context.Besides, context.WindowsOf(i, notBefore), context.RangeOf(chain), context.Limits.MaxRows)
                : null;
        }

        return scans;
    }

    private static void Take(ScanContext context, QueryGroup group, int first, int end, CallScan?[] scans)
    {
        var view = new BlockView(context.Slots);
        for (var i = first; i < end; i++)
        {
            Take(context, view, group, group.Inputs[i], scans);
        }
    }

    private static void Take(ScanContext context, BlockView view, QueryGroup group, GroupInput each, CallScan?[] scans)
    {
        var (input, condition) = each;
        if (!view.Bind(input))
        {
            return;
        }

        var filter = condition is null ? null : RowEvaluator.Condition(condition, reference => context.Slots.Find(reference));
        var open = new List<CallScan>(scans.Length);
        foreach (var scan in scans)
        {
            if (scan?.Reads(view) == true)
            {
                open.Add(scan);
            }
        }

        if (context.TakesSummaries && condition is null && input is StoredInput stored && SummaryScan.Suits(group, view, open))
        {
            SummaryScan.Take(context, view, stored, open);
            return;
        }

        var blocks = context.OnlyFrom is false
            ? input.ReadNewest(context.Readers, context.WholeRange, view.Fields)
            : input.Read(context.Readers, context.WholeRange, view.Fields, ascending: true);
        foreach (var block in blocks)
        {
            context.Token.ThrowIfCancellationRequested();
            view.Load(block, filter);
            for (var i = open.Count - 1; i >= 0; i--)
            {
                if (open[i].Take(view) && context.OnlyFrom is not null)
                {
                    open.RemoveAt(i);
                }
            }

            if (open.Count == 0)
            {
                return;
            }
        }
    }

    private static Points Finish(ScanContext context, CallChain chain, CallScan scan)
    {
        var plan = context.Plan;
        var points = scan.Finish(context.AtTheirTime);
        points = chain.IsFilled && !plan.Interval.IsNone
            ? Filling.Apply(points, scan.Windows, FillOf(plan, chain), NumberOf(plan, chain), !plan.Range.HasMin, plan.Ascending)
            : plan.Ascending ? points : points.Reversed();
        foreach (var transformation in chain.Transformations)
        {
            points = Transformations.Apply(transformation, points, plan.Interval.Duration, plan.Ascending, context.Token);
        }

        return points;
    }

    /// <summary>A count of nothing is zero.</summary>
    private static FillKind FillOf(SelectPlan plan, CallChain chain) =>
        plan.Fill == FillKind.Null && chain.Aggregate!.Name == "count" ? FillKind.Number : plan.Fill;

    private static Literal? NumberOf(SelectPlan plan, CallChain chain) =>
        plan.Fill == FillKind.Null && chain.Aggregate!.Name == "count" ? new IntegerLiteral(0) : plan.FillValue;
}
