using System.Diagnostics;
using NocMonitor.Collector.Forward;
using NocMonitor.Collector.Hosting;
using NocMonitor.Collector.Notify.Outbox;
using NocMonitor.Collector.Rules.Evaluation;
using NocMonitor.Collector.Telemetry;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.SelfReport;

/// <summary>
/// How the collector itself is doing, as points: measurement <c>collector</c>, <c>collector_receiver</c> for each receiver and <c>collector_forwarder</c> for each forwarder. They go the way of all
/// points, so the same rules watch them. One caller at a time. See docs/formats/self-metrics.md.
/// </summary>
internal sealed class SelfPoints(
    CollectorOptions options, MeterReadings readings, TimeSeriesStore store, RuleEngine rules, OutboxStanding outbox, NotificationDispatcher dispatcher,
    ForwarderSet forwarders, RuleLag lag, TimeProvider time)
{
    public IReadOnlyList<Point> Take()
    {
        var now = time.GetUtcNow();
        var standings = outbox.Read();
        var points = new List<Point> { Collector(standings, now) };
        var broken = dispatcher.Receivers.ToDictionary(receiver => receiver.Name, receiver => receiver.IsBroken, StringComparer.Ordinal);
        points.AddRange(standings.Select(standing => Receiver(standing, broken.GetValueOrDefault(standing.Receiver), now)));
        points.AddRange(forwarders.Standings().Select(standing => ForwarderPoint(standing, now)));
        return points;
    }

    private Point Collector(IReadOnlyList<ReceiverStanding> standings, DateTimeOffset now)
    {
        var counts = readings.Read().Where(reading => reading.Kind == ReadingKind.Counter)
            .ToDictionary(reading => reading.Source, reading => reading.Cells.Sum(cell => cell.Value.Read().Value), StringComparer.Ordinal);
        var (samples, evaluations) = rules.Counts;
        return new Point("collector").Tag("host", options.Name).At(now)
            .Field("series", (long)store.Index.Live)
            .Field("lines", Count("nocmonitor.ingest.lines"))
            .Field("values", Count("nocmonitor.ingest.values"))
            .Field("rejected_lines", Count("nocmonitor.ingest.rejected_lines"))
            .Field("write_failures", Count("nocmonitor.ingest.failures"))
            .Field("derived_values", Count("nocmonitor.derivation.values"))
            .Field("derived_dropped", Count("nocmonitor.derivation.dropped"))
            .Field("counter_resets", Count("nocmonitor.derivation.resets"))
            .Field("counter_wraps", Count("nocmonitor.derivation.wraps"))
            .Field("rule_samples", samples)
            .Field("rule_evaluations", evaluations)
            .Field("rule_queue", rules.Behind)
            .Field("rule_lag", lag.Measure(rules.Behind).TotalSeconds)
            .Field("outbox_pending", standings.Sum(standing => standing.Pending))
            .Field("outbox_age", Age(standings.Min(standing => standing.Oldest), now))
            .Field("outbox_failed", standings.Sum(standing => standing.Failed))
            .Field("outbox_dead", standings.Sum(standing => standing.Dead))
            .Field("resident_bytes", Resident())
            .Field("cpu_seconds", Environment.CpuUsage.TotalTime.TotalSeconds)
            .Field("uptime", (long)(now - Process.GetCurrentProcess().StartTime.ToUniversalTime()).TotalSeconds);

        long Count(string name) => (long)counts.GetValueOrDefault(name);
    }

    private Point Receiver(ReceiverStanding standing, bool broken, DateTimeOffset now) =>
        new Point("collector_receiver").Tag("host", options.Name).Tag("receiver", standing.Receiver).At(now)
            .Field("pending", standing.Pending)
            .Field("age", Age(standing.Oldest, now))
            .Field("delivered", standing.Delivered)
            .Field("failed", standing.Failed)
            .Field("dead", standing.Dead)
            .Field("broken", broken);

    private Point ForwarderPoint(ForwardStanding standing, DateTimeOffset now) =>
        new Point("collector_forwarder").Tag("host", options.Name).Tag("forwarder", standing.Name).At(now)
            .Field("behind", standing.Behind)
            .Field("lag", standing.Lag.TotalSeconds)
            .Field("sent_lines", standing.SentLines)
            .Field("failures", standing.Failures)
            .Field("rejected_lines", standing.RejectedLines)
            .Field("lost_batches", standing.LostBatches)
            .Field("left_out_values", standing.LeftOutValues)
            .Field("error", standing.Trouble);

    private static double Age(DateTimeOffset? oldest, DateTimeOffset now) => oldest is { } time && time < now ? (now - time).TotalSeconds : 0;

    private static long Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
