using System.Collections.Concurrent;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Derivation;

/// <summary>
/// Adds rates to the points of measurements that carry raw counters, before their batch is committed: store, rules and forwarding see the same. Looked at for each
/// row of each batch, so whether a series has counters is decided once and then costs one array access; the array by series id is replaced when it grows, under
/// the lock. Safe for concurrent use.
/// </summary>
internal sealed partial class RateDerivation(TimeSeriesStore store, DerivationOptions options, DerivationMetrics metrics, ILogger<RateDerivation> log)
{
    /// <summary>Stands for a series of any other measurement.</summary>
    private static readonly CounterSeries None = new(null!, new CounterPlan(DerivationCatalog.All[0], new CounterPolicy { Counters = [] }), isKnown: false);

    private readonly Dictionary<string, CounterPlan> _plans = DerivationCatalog.All.ToDictionary(
        measurement => measurement.Name, measurement => new CounterPlan(measurement, options.Policy(measurement)), StringComparer.Ordinal);

    private readonly ConcurrentBag<DerivationScratch> _scratches = [];
    private readonly Lock _lock = new();

    /// <summary>Series with smaller ids had points before this start.</summary>
    private readonly int _known = store.Index.Count;

    private volatile CounterSeries?[] _bySeries = [];
    private volatile bool _refused;

    /// <summary>Derives for the rows of a batch that is filled and not committed yet.</summary>
    /// <exception cref="StoreUnavailableException">What was before could not be read; nothing is lost by trying again.</exception>
    public void Derive(SampleBatch batch)
    {
        for (var row = 0; row < batch.Rows.Length; row++)
        {
            if (Find(batch.Rows[row].Series) != None)
            {
                DeriveFrom(row, batch);
                return;
            }
        }
    }

    /// <summary>The batch was not stored after all: its series go on from what is.</summary>
    public void Forget(SampleBatch batch)
    {
        foreach (ref readonly var row in batch.Rows)
        {
            if (Find(row.Series) is var series && series != None)
            {
                series.Forget();
            }
        }
    }

    private void DeriveFrom(int first, SampleBatch batch)
    {
        var counts = default(DerivationCounts);
        var scratch = _scratches.TryTake(out var used) ? used : new DerivationScratch(store);
        try
        {
            for (var row = first; row < batch.Rows.Length; row++)
            {
                if (Find(batch.Rows[row].Series) is var series && series != None)
                {
                    series.Derive(batch, row, scratch, ref counts);
                }
            }
        }
        finally
        {
            metrics.Count(counts);
            NoteRefused(scratch);
            scratch.Dispose();
            _scratches.Add(scratch);
        }
    }

    private CounterSeries Find(Series series)
    {
        var known = _bySeries;
        return (series.Id < known.Length ? known[series.Id] : null) ?? Learn(series);
    }

    private CounterSeries Learn(Series series)
    {
        var plan = _plans.GetValueOrDefault(series.Key.Measurement);
        lock (_lock)
        {
            var known = _bySeries;
            if (series.Id >= known.Length)
            {
                Array.Resize(ref known, Math.Max(series.Id + 1, known.Length * 2));
                _bySeries = known;
            }

            // Another thread may have been first; there must be one state a series.
            return known[series.Id] ??= plan is null ? None : new CounterSeries(series, plan, isKnown: series.Id < _known);
        }
    }

    /// <summary>Somebody sends a field of that name with another type. Said once: it will not change by itself.</summary>
    private void NoteRefused(DerivationScratch scratch)
    {
        if (scratch.Refused.Length > 0 && !_refused)
        {
            _refused = true;
            LogRefused(scratch.Refused);
        }

        scratch.Refused = "";
    }

    [LoggerMessage(1021, LogLevel.Error, "Rates cannot be stored beside their counters: {Reason}")]
    private partial void LogRefused(string reason);
}
