using NocMonitor.Collector.Events;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Derivation;

/// <summary>
/// A series whose points carry raw counters: its state, and where its fields are. Everything mutable is guarded by a lock on the object, held for one row; batches
/// of one series may come on several threads.
/// </summary>
internal sealed class CounterSeries(Series series, CounterPlan plan, bool isKnown, PortDirectory? ports) : IDerivedSeries
{
    private CounterState? _state = isKnown ? null : new CounterState(plan.Policy.Counters.Count);
    private CounterFields? _fields;

    /// <summary>The store would not take a field; it will not change its mind.</summary>
    private bool _refused;

    /// <summary>The row of the device's table that the directory of ports knows.</summary>
    private double _row = double.NaN;

    /// <summary>Advances the state by a row of a batch and adds to the row what could be made.</summary>
    public void Derive(SampleBatch batch, int row, DerivationScratch scratch, ref DerivationCounts counts)
    {
        lock (this)
        {
            var point = batch.Rows[row];
            _state ??= CounterHistory.Restore(scratch.Reader, series, plan, Fields(), point.Timestamp);
            var sample = plan.Sample(scratch);
            Read(batch, point, sample);
            var readings = scratch.Readings.AsSpan(0, plan.Policy.Counters.Count);
            CounterStateMachine.Observe(plan.Policy, _state, sample, readings);
            counts.Add(readings);
            NoteRow(sample.Row);
            var values = scratch.Values.AsSpan(0, plan.Measurement.Fields.Count);
            values.Fill(double.NaN);
            plan.Measurement.Make(readings, sample, values);
            counts.Values += Extend(batch, row, values, scratch);
        }
    }

    /// <summary>Forgets the state: a batch that advanced it was not stored, so what counts is what the store has.</summary>
    public void Forget()
    {
        lock (this)
        {
            _state = null;
        }
    }

    private void NoteRow(double row)
    {
        if (ports is not null && !double.IsNaN(row) && row != _row)
        {
            ports.Move(series, _row, row);
            _row = row;
        }
    }

    private CounterFields Fields()
    {
        if (!ReferenceEquals(_fields?.Fields, series.Fields))
        {
            _fields = plan.FieldsOf(series.Fields);
        }

        return _fields!;
    }

    private void Read(SampleBatch batch, in SampleRow point, CounterSample sample)
    {
        var fields = Fields();
        sample.Clear(point.Timestamp);
        foreach (ref readonly var value in batch.Values(point))
        {
            fields.Take(sample, value.Field, value.Kind, value.Bits);
        }

        fields.Complete(sample);
    }

    private int Extend(SampleBatch batch, int row, ReadOnlySpan<double> values, DerivationScratch scratch)
    {
        scratch.Added.Clear();
        for (var field = 0; field < values.Length; field++)
        {
            if (double.IsFinite(values[field]) && Place(field, values, scratch) is >= 0 and var place && !Has(batch, row, place))
            {
                scratch.Added.Add((place, values[field]));
            }
        }

        if (scratch.Added.Count > 0)
        {
            batch.Extend(row, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(scratch.Added));
        }

        return scratch.Added.Count;
    }

    /// <summary>The place of an added field; the first time all that this point has are made known to the series together.</summary>
    private int Place(int field, ReadOnlySpan<double> values, DerivationScratch scratch)
    {
        if (Fields().Target(field) < 0 && !_refused)
        {
            var names = new List<string>();
            for (var other = 0; other < values.Length; other++)
            {
                if (double.IsFinite(values[other]))
                {
                    names.Add(plan.Measurement.Fields[other]);
                }
            }

            if (!scratch.Index.TryAddFloats(series, names, out var reject))
            {
                (scratch.Refused, _refused) = (reject, true);
            }
        }

        return Fields().Target(field);
    }

    /// <summary>Who sends such a field knows it better.</summary>
    private static bool Has(SampleBatch batch, int row, int place)
    {
        foreach (ref readonly var value in batch.Values(batch.Rows[row]))
        {
            if (value.Field == place)
            {
                return true;
            }
        }

        return false;
    }
}
