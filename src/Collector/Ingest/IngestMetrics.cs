using System.Diagnostics.Metrics;
using NocMonitor.Collector.Telemetry;

namespace NocMonitor.Collector.Ingest;

/// <summary>What the write doors count, once a request. Any thread.</summary>
internal sealed class IngestMetrics
{
    private readonly Counter<long> _requests;
    private readonly Counter<long> _lines;
    private readonly Counter<long> _values;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _time;

    public IngestMetrics(CollectorMeter collector)
    {
        var meter = collector.Meter;
        _requests = meter.CreateCounter<long>("nocmonitor.ingest.requests", "{request}", "Write requests by the status of their answer.");
        _lines = meter.CreateCounter<long>("nocmonitor.ingest.lines", "{line}", "Lines stored.");
        _values = meter.CreateCounter<long>("nocmonitor.ingest.values", "{value}", "Field values stored.");
        _bytes = meter.CreateCounter<long>("nocmonitor.ingest.text", "By", "Read, after decompression.");
        _rejected = meter.CreateCounter<long>("nocmonitor.ingest.rejected_lines", "{line}", "Lines refused.");
        _dropped = meter.CreateCounter<long>("nocmonitor.ingest.dropped_samples", "{sample}", "Samples of remote write that are passed over by their kind: stale markers, values that are not finite, native histograms.");
        _failures = meter.CreateCounter<long>("nocmonitor.ingest.failures", "{request}", "Write requests that the collector could not take through no fault of theirs.");
        _time = meter.CreateHistogram("nocmonitor.ingest.time", "s", "Time from a write request's headers to its answer.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10] });
    }

    /// <summary>A request whose body was not looked at.</summary>
    public void CountRefused(int status) => _requests.Add(1, new KeyValuePair<string, object?>("status", status));

    public void Count(int status, WriteOutcome outcome, TimeSpan taken)
    {
        CountRefused(status);
        Add(_failures, status >= StatusCodes.Status500InternalServerError ? 1 : 0);
        _time.Record(taken.TotalSeconds);
        Add(_lines, outcome.Lines);
        Add(_values, outcome.Values);
        Add(_bytes, outcome.Bytes);
        Add(_rejected, outcome.Rejected);
    }

    public void CountDropped(string kind, long count)
    {
        if (count > 0)
        {
            _dropped.Add(count, new KeyValuePair<string, object?>("kind", kind));
        }
    }

    private static void Add(Counter<long> counter, long count)
    {
        if (count > 0)
        {
            counter.Add(count);
        }
    }
}
