using System.Diagnostics.Metrics;
using NocMonitor.Collector.Telemetry;

namespace NocMonitor.Collector.Derivation;

/// <summary>What became of the counters of a batch. Summed up by the thread that has the batch, then counted once.</summary>
internal struct DerivationCounts
{
    public long Values;
    public long Impossible;
    public long Ambiguous;
    public long Resets;
    public long Wraps;
    public long Events;

    /// <summary>One reset a sample: all its counters begin anew together.</summary>
    public void Add(ReadOnlySpan<CounterReading> readings)
    {
        var reset = false;
        foreach (var reading in readings)
        {
            switch (reading.Outcome)
            {
                case CounterOutcome.Impossible:
                    Impossible++;
                    break;
                case CounterOutcome.Ambiguous:
                    Ambiguous++;
                    break;
                case CounterOutcome.Wrapped:
                    Wraps++;
                    break;
                case CounterOutcome.Reset:
                    reset = true;
                    break;
            }
        }

        Resets += reset ? 1 : 0;
    }
}

/// <summary>Counts what the derivation made and what it would not make. Any thread.</summary>
internal sealed class DerivationMetrics
{
    private readonly Counter<long> _values;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _resets;
    private readonly Counter<long> _wraps;
    private readonly Counter<long> _events;

    public DerivationMetrics(CollectorMeter collector)
    {
        var meter = collector.Meter;
        _values = meter.CreateCounter<long>("nocmonitor.derivation.values", "{value}", "Rates and shares made of raw counters.");
        _dropped = meter.CreateCounter<long>("nocmonitor.derivation.dropped", "{value}", "Counters whose growth could not be or could not be told, by reason.");
        _resets = meter.CreateCounter<long>("nocmonitor.derivation.resets", "{reset}", "Samples whose counters had begun anew.");
        _wraps = meter.CreateCounter<long>("nocmonitor.derivation.wraps", "{wrap}", "Counters that went past their end.");
        _events = meter.CreateCounter<long>("nocmonitor.derivation.events", "{event}", "States of ports and events that followed from traps.");
    }

    public void Count(in DerivationCounts counts)
    {
        Add(_values, counts.Values);
        Add(_dropped, counts.Impossible, "impossible");
        Add(_dropped, counts.Ambiguous, "ambiguous");
        Add(_resets, counts.Resets);
        Add(_wraps, counts.Wraps);
        Add(_events, counts.Events);
    }

    private static void Add(Counter<long> counter, long count)
    {
        if (count > 0)
        {
            counter.Add(count);
        }
    }

    private static void Add(Counter<long> counter, long count, string reason)
    {
        if (count > 0)
        {
            counter.Add(count, new KeyValuePair<string, object?>("reason", reason));
        }
    }
}
