using NocMonitor.TimeSeries.InfluxQl.Functions;
using NocMonitor.TimeSeries.InfluxQl.Language;
using NocMonitor.TimeSeries.InfluxQl.Planning;
using NocMonitor.TimeSeries.InfluxQl.Values;

namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>Puts the points of all functions of a group side by side, row by time, and computes what is shown.</summary>
internal static class RowAssembly
{
    public static GroupRows? Run(ScanContext context, QueryGroup group, IReadOnlyList<Points?> results)
    {
        var plan = context.Plan;
        var (times, rows) = Align(results, plan.Ascending);
        var (first, count) = Cut(times.Length, plan.Paging);
        if (count == 0)
        {
            return null;
        }

        var columns = plan.Fields.Select(field => Column(context, field, results, rows, first, count)).ToArray();
        return new GroupRows(group.Measurement, group.Tags, count == times.Length ? times : times[first..(first + count)], columns);
    }

    public static (int First, int Count) Cut(int rows, Paging paging)
    {
        var first = Math.Min(rows, paging.Offset);
        return (first, Math.Min(rows - first, paging.Limit > 0 ? paging.Limit : int.MaxValue));
    }

    /// <summary>The times that any function has a point at, and for each function which of its points that is, or -1.</summary>
    private static (long[] Times, int[]?[] Rows) Align(IReadOnlyList<Points?> results, bool ascending)
    {
        if (results.Count == 1)
        {
            return (results[0]?.AllTimes ?? [], [null]);
        }

        var times = new List<long>();
        var rows = results.Select(_ => new List<int>()).ToArray();
        var at = new int[results.Count];
        while (NextTime(results, at, ascending) is { } time)
        {
            times.Add(time);
            for (var i = 0; i < at.Length; i++)
            {
                var has = results[i] is { } points && at[i] < points.Count && points.Times[at[i]] == time;
                rows[i].Add(has ? at[i]++ : -1);
            }
        }

        return ([.. times], [.. rows.Select(each => each.ToArray())]);
    }

    private static long? NextTime(IReadOnlyList<Points?> results, int[] at, bool ascending)
    {
        long? next = null;
        for (var i = 0; i < at.Length; i++)
        {
            if (results[i] is { } points && at[i] < points.Count)
            {
                var time = points.Times[at[i]];
                next = next is not { } known || (ascending ? time < known : time > known) ? time : next;
            }
        }

        return next;
    }

    private static ValueColumn Column(ScanContext context, PlannedField field, IReadOnlyList<Points?> results, int[]?[] rows, int first, int count)
    {
        if (field.Expr is Call plain && !FunctionFacts.IsMath(plain.Name) && context.ChainOf(plain) is var own && rows[own] is null
            && results[own]?.Values is { } known && first == 0 && count == known.Count && known.Type == SlotSet.TypeOf(field.Type))
        {
            return known;
        }

        var sources = new List<RowSource>();
        var evaluator = RowEvaluator.Build(field.Expr, expr => SlotOf(context, expr, results, rows, sources));
        var type = SlotSet.TypeOf(field.Type == RefType.Unknown && context.Plan.Fill == FillKind.Number ? TypeOf(field.Expr) : field.Type);
        var column = new ValueColumn(type, sources.Find(each => each.Values?.Texts is not null)?.Values?.Texts ?? new TextPool(), count);
        var row = new AlignedRow(sources);
        for (row.Row = context.Plan.Fill == FillKind.Previous ? 0 : first; row.Row < first + count; row.Row++)
        {
            var value = evaluator.Evaluate(row);
            if (row.Row >= first)
            {
                column.Add(Fit(value, column.Type));
            }
        }

        return column;
    }

    private static int? SlotOf(ScanContext context, Expr expr, IReadOnlyList<Points?> results, int[]?[] rows, List<RowSource> sources)
    {
        switch (expr)
        {
            case Call call when !FunctionFacts.IsMath(call.Name):
                var chain = context.ChainOf(call);
                sources.Add(new RowSource(results[chain]?.Values, rows[chain], FilledWith(context.Plan, TypeOf(call)), fillsGaps: false));
                return sources.Count - 1;
            case Reference reference:
                var beside = Array.IndexOf(context.Besides, context.Slots.Find(reference));
                sources.Add(new RowSource(results[0]?.Besides[beside], rows[0], FilledWith(context.Plan, TypeOf(reference)), fillsGaps: true) { KeepsPrevious = context.Plan is { Fill: FillKind.Previous, Interval.IsNone: false } });
                return sources.Count - 1;
            default:
                return null;
        }
    }

    /// <summary>What <c>fill(number)</c> shows where a column has nothing in a row that others have; none for texts and booleans.</summary>
    private static Value FilledWith(SelectPlan plan, RefType type) => plan.Fill != FillKind.Number || plan.Interval.IsNone ? Value.None
        : Fit(plan.FillValue switch { IntegerLiteral whole => Value.Of(whole.Value), NumberLiteral number => Value.Of(number.Value), _ => Value.None }, SlotSet.TypeOf(type));

    /// <summary>The type of what is shown, where its field is not known that of what it is filled with.</summary>
    private static RefType TypeOf(Expr expr) => ExprTypes.Of(expr) is not RefType.Unknown and var known ? known
        : expr is not Call call ? RefType.Float
        : FunctionFacts.Find(call.Name)?.Gives switch { Gives.Float => RefType.Float, Gives.Integer => RefType.Integer, _ => RefType.Unknown };

    /// <summary>Whole numbers become decimals where the expression is one; what is no number is not shown.</summary>
    public static Value Fit(in Value value, ValueType type) => value.Type == type || value.IsNone ? value
        : type == ValueType.Float && value.IsNumber ? Value.Of(value.AsDouble())
        : type is ValueType.Integer or ValueType.Unsigned && value.Type is ValueType.Integer or ValueType.Unsigned ? Value.FromBits(type, value.Bits)
        : type is ValueType.Integer or ValueType.Unsigned && value.Type == ValueType.Float ? Value.Of((long)value.Float)
        : Value.None;

    /// <param name="rows">The row of the values for each row of the group, or -1; null when they are the same.</param>
    /// <param name="otherwise">Stands where there is no row.</param>
    /// <param name="fillsGaps">It stands too where the row has no value.</param>
    private sealed class RowSource(ValueColumn? values, int[]? rows, Value otherwise, bool fillsGaps)
    {
        private Value _otherwise = otherwise;

        public ValueColumn? Values => values;

        /// <summary>Rows are read in their order, and what has no value shows that of the row before.</summary>
        public bool KeepsPrevious { get; init; }

        public Value Get(int group)
        {
            var row = rows is null ? group : rows[group];
            var value = values is null || row < 0 ? _otherwise : values[row];
            value = value.IsNone && fillsGaps ? _otherwise : value;
            _otherwise = KeepsPrevious ? value : _otherwise;
            return value;
        }
    }

    private sealed class AlignedRow(List<RowSource> sources) : IRowValues
    {
        public int Row { get; set; }

        public Value Get(int slot) => sources[slot].Get(Row);
    }
}
