using NocMonitor.TimeSeries.InfluxQl.Language;
using NocMonitor.TimeSeries.InfluxQl.Planning;
using NocMonitor.TimeSeries.InfluxQl.Values;

namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>Rows of fields and tags as they are stored. A row is shown when one of the fields has a value in it.</summary>
internal static class RawRows
{
    public static GroupRows? Run(ScanContext context, QueryGroup group)
    {
        var plan = context.Plan;
        var texts = new TextPool();
        var rows = new Rows(context, texts);
        var view = new BlockView(context.Slots);
        for (var i = 0; i < group.Inputs.Count; i++)
        {
            // In the other direction the series follow one another the other way round, too.
            var at = plan.Ascending ? i : group.Inputs.Count - 1 - i;
            Take(context, view, group.Inputs[at].Input, group.Inputs[at].Condition, rows);
        }

        var order = rows.Order(plan.Ascending);
        var (first, count) = RowAssembly.Cut(order.Length, plan.Paging);
        if (count == 0)
        {
            return null;
        }

        var picked = order.AsSpan(first, count);
        return new GroupRows(group.Measurement, group.Tags, rows.TimesOf(picked), [.. plan.Fields.Select(field => rows.ColumnOf(field, order, first, count))]);
    }

    private static void Take(ScanContext context, BlockView view, QueryInput input, Expr? condition, Rows rows)
    {
        if (!view.Bind(input))
        {
            return;
        }

        var plan = context.Plan;
        var most = plan.Paging.Limit > 0 ? plan.Paging.Limit + (long)plan.Paging.Offset : long.MaxValue;
        var filter = condition is null ? null : RowEvaluator.Condition(condition, reference => context.Slots.Find(reference));
        foreach (var block in input.Read(context.Readers, plan.Range, view.Fields, plan.Ascending))
        {
            context.Token.ThrowIfCancellationRequested();
            view.Load(block, filter);
            most -= rows.Add(view, most);
            if (most <= 0)
            {
                return;
            }
        }
    }

    private sealed class Rows(ScanContext context, TextPool texts) : IRowValues
    {
        private readonly SelectPlan _plan = context.Plan;
        private readonly List<long> _times = [];
        private readonly int[] _slots = [.. context.Plan.References.Select(context.Slots.Find)];
        private readonly ValueColumn[] _columns =
            [.. context.Plan.References.Select(reference => new ValueColumn(SlotSet.TypeOf(reference.Type), texts))];

        private int _row;

        /// <summary>Adds rows of a block in the order of the select; gives how many.</summary>
        public int Add(BlockView view, long most)
        {
            var added = 0;
            for (var i = 0; i < view.PassingCount && added < most; i++)
            {
                var row = view.RowOf(_plan.Ascending ? i : view.PassingCount - 1 - i);
                if (!HasField(view, row))
                {
                    continue;
                }

                _times.Add(view.Block.Times[row]);
                for (var column = 0; column < _columns.Length; column++)
                {
                    _columns[column].Add(view.Get(_slots[column], row));
                }

                added++;
            }

            return context.Limits.MaxRows > 0 && _times.Count > context.Limits.MaxRows
                ? throw new QueryException($"max-row-limit exceeded: ({_times.Count}/{context.Limits.MaxRows})")
                : added;
        }

        public int[] Order(bool ascending)
        {
            var keys = _times.ToArray();
            if (!ascending)
            {
                for (var i = 0; i < keys.Length; i++)
                {
                    keys[i] = -keys[i];
                }
            }

            return TimeOrder.Of(keys) ?? [.. Enumerable.Range(0, keys.Length)];
        }

        public long[] TimesOf(ReadOnlySpan<int> rows)
        {
            var times = new long[rows.Length];
            for (var i = 0; i < times.Length; i++)
            {
                times[i] = _times[rows[i]];
            }

            return times;
        }

        public ValueColumn ColumnOf(PlannedField field, int[] order, int first, int count)
        {
            var evaluator = RowEvaluator.Build(field.Expr, SlotOf);
            var column = new ValueColumn(SlotSet.TypeOf(field.Type), texts, count);
            for (var i = first; i < first + count; i++)
            {
                _row = order[i];
                column.Add(RowAssembly.Fit(evaluator.Evaluate(this), column.Type));
            }

            return column;
        }

        public Value Get(int slot) => _columns[slot][_row];

        private int? SlotOf(Expr expr)
        {
            if (expr is not Reference reference)
            {
                return null;
            }

            var text = reference.ToString();
            return Enumerable.Range(0, _plan.References.Count).First(i => _plan.References[i].ToString() == text);
        }

        private bool HasField(BlockView view, int row)
        {
            if (view.ShowsEveryRow)
            {
                return true;
            }

            foreach (var slot in _slots)
            {
                if (view.Has(slot, row))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
