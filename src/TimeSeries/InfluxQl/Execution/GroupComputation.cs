using NocMonitor.TimeSeries.InfluxQl.Functions;
using NocMonitor.TimeSeries.InfluxQl.Language;
using NocMonitor.TimeSeries.InfluxQl.Planning;

namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>Computes the rows of one group.</summary>
internal static class GroupComputation
{
    /// <summary>The rows of a group; null when it has none.</summary>
    public static GroupRows? Run(ScanContext context, QueryGroup group)
    {
        if (context.Plan.IsRaw)
        {
            return RawRows.Run(context, group);
        }

        var scans = Scan(context, group);
        var results = context.Chains.Select((chain, i) => scans[i] is { } scan ? Finish(context, chain, scan) : null).ToList();
        return RowAssembly.Run(context, group, results);
    }

    private static CallScan?[] Scan(ScanContext context, QueryGroup group)
    {
        var notBefore = context.Plan.Interval.IsNone || context.Plan.Range.HasMin
            ? context.Plan.Range.Min
            : group.Inputs.Min(input => input.NotBefore(context.Readers, context.WholeRange));
        var scans = new CallScan?[context.Chains.Count];
        for (var i = 0; i < scans.Length; i++)
        {
            var chain = context.Chains[i];
            scans[i] = chain.Column is null ? null : new CallScan(
                chain, context.Slots, context.Besides, context.WindowsOf(i, notBefore), context.RangeOf(chain), context.Limits.MaxRows);
        }

        var view = new BlockView(context.Slots);
        for (var i = 0; i < group.Inputs.Count; i++)
        {
            Take(context, view, group.Inputs[i], group.Conditions[i], scans);
        }

        return scans;
    }

    private static void Take(ScanContext context, BlockView view, QueryInput input, Expr? condition, CallScan?[] scans)
    {
        if (!view.Bind(input))
        {
            return;
        }

        var filter = condition is null ? null : RowEvaluator.Build(condition, expr => expr is Reference reference ? context.Slots.Find(reference) : null);
        foreach (var block in input.Read(context.Readers, context.WholeRange, view.Fields, ascending: true))
        {
            context.Token.ThrowIfCancellationRequested();
            view.Load(block, filter);
            foreach (var scan in scans)
            {
                scan?.Take(view);
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
            points = Transformations.Apply(transformation, points, plan.Interval.Duration, plan.Ascending);
        }

        return points;
    }

    /// <summary>A count of nothing is zero.</summary>
    private static FillKind FillOf(SelectPlan plan, CallChain chain) =>
        plan.Fill == FillKind.Null && chain.Aggregate!.Name == "count" ? FillKind.Number : plan.Fill;

    private static Literal? NumberOf(SelectPlan plan, CallChain chain) =>
        plan.Fill == FillKind.Null && chain.Aggregate!.Name == "count" ? new IntegerLiteral(0) : plan.FillValue;
}
