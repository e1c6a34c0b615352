using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Derivation;

/// <summary>
/// Gives a series its state back from what the store has of it, after a start or a failed commit: the samples that could still be the start of a rate, taken once
/// more. So a restart costs no interval, and what it gives is what would have been without it.
/// </summary>
internal static class CounterHistory
{
    public static CounterState Restore(SeriesReader reader, Series series, CounterPlan plan, CounterFields fields, long before)
    {
        var state = new CounterState(plan.Policy.Counters.Count);
        var sample = new CounterSample(plan.Measurement.Counters.Count, plan.Measurement.Context.Count);
        var readings = new CounterReading[plan.Policy.Counters.Count];

        // Beyond the sample in hand too: if there is anything newer, this one is late.
        reader.Seek(series, before - plan.Policy.MaxGap, long.MaxValue, fields.Sources);
        while (reader.Read())
        {
            for (var row = 0; row < reader.Block.Count; row++)
            {
                Fill(sample, fields, reader.Block, row);
                CounterStateMachine.Observe(plan.Policy, state, sample, readings);
            }
        }

        return state;
    }

    private static void Fill(CounterSample sample, CounterFields fields, SampleBlock block, int row)
    {
        sample.Clear(block.Times[row]);
        foreach (var column in block.Columns)
        {
            if (column.Kind != FieldKind.String && column.IsPresent(row))
            {
                fields.Take(sample, column.Field, column.Kind, column.Bits[row]);
            }
        }

        fields.Complete(sample);
    }
}
