using System.Collections.Concurrent;
using NocMonitor.Collector.Events;
using NocMonitor.Collector.Storage;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Derivation;

/// <summary>
/// Adds to a batch what follows from its points, before it is committed: rates from raw counters, states from traps. So store, rules and forwarding see the same.
/// Looked at for each row of each batch, so whether anything follows from a series is decided once. Safe for concurrent use.
/// </summary>
internal sealed partial class PointDerivation(
    TimeSeriesStore store, DerivationOptions options, TrapEvents traps, DerivationMetrics metrics, ILogger<PointDerivation> log)
{
    /// <summary>Stands for a series that nothing follows from.</summary>
    private static readonly IDerivedSeries None = new PlainSeries();

    private readonly Dictionary<string, CounterPlan> _plans = DerivationCatalog.All.ToDictionary(
        measurement => measurement.Name, measurement => new CounterPlan(measurement, options.Policy(measurement)), StringComparer.Ordinal);

    private readonly ConcurrentBag<DerivationScratch> _scratches = [];

    /// <summary>Series with smaller ids had points before this start.</summary>
    private readonly int _known = store.Index.Count;

    private readonly PerSeries<IDerivedSeries> _bySeries = new();
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

    /// <summary>Lets go of series that the store has forgotten.</summary>
    public void Release(IReadOnlyList<Series> forgotten) => _bySeries.Release(forgotten);

    private void DeriveFrom(int first, SampleBatch batch)
    {
        var counts = default(DerivationCounts);
        var scratch = _scratches.TryTake(out var used) ? used : new DerivationScratch(store);
        try
        {
            // Not what is added on the way.
            var rows = batch.Rows.Length;
            for (var row = first; row < rows; row++)
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

    /// <summary>Another thread may make it too; the first one noted is the one state that the series has.</summary>
    private IDerivedSeries Find(Series series) => _bySeries.Find(series) ?? _bySeries.Note(series, Make(series));

    private IDerivedSeries Make(Series series)
    {
        var measurement = series.Key.Measurement;
        return _plans.TryGetValue(measurement, out var plan)
            ? new CounterSeries(series, plan, isKnown: series.Id < _known, measurement == PortDirectory.Measurement ? traps.Ports : null)
            : (measurement == TrapEvents.Measurement ? traps.SeriesOf(series) : null) ?? None;
    }

    /// <summary>Somebody sends a field of that name with another type, or a limit of the store is met. Said once: it will not change by itself.</summary>
    private void NoteRefused(DerivationScratch scratch)
    {
        if (scratch.Refused.Length > 0 && !_refused)
        {
            _refused = true;
            LogRefused(scratch.Refused);
        }

        scratch.Refused = "";
    }

    [LoggerMessage(1021, LogLevel.Error, "What follows from points cannot be stored beside them: {Reason}")]
    private partial void LogRefused(string reason);

    private sealed class PlainSeries : IDerivedSeries
    {
        public void Derive(SampleBatch batch, int row, DerivationScratch scratch, ref DerivationCounts counts)
        {
            // Nothing follows.
        }

        public void Forget()
        {
            // Nothing was kept.
        }
    }
}
