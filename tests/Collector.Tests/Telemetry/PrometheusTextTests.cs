using System.Diagnostics.Metrics;
using NocMonitor.Collector.Telemetry;

namespace NocMonitor.Collector.Tests.Telemetry;

public class PrometheusTextTests
{
    [Test]
    public void Instruments_are_written_with_units_types_and_labels()
    {
        using var meter = new CollectorMeter();
        using var readings = new MeterReadings(meter);
        var lines = meter.Meter.CreateCounter<long>("nocmonitor.ingest.lines", "{line}", "Lines stored.");
        var time = meter.Meter.CreateHistogram("nocmonitor.ingest.time", "s", "Time.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        meter.Meter.CreateObservableGauge("nocmonitor.a", () => 1.5, "By", "A \\ B");

        lines.Add(2);
        lines.Add(3, new KeyValuePair<string, object?>("status", "a\"b\n"));
        time.Record(0.1);
        time.Record(5);

        Assert.That(PrometheusText.Write(readings.Read()), Is.EqualTo("""
            # HELP nocmonitor_a_bytes A \\ B
            # TYPE nocmonitor_a_bytes gauge
            nocmonitor_a_bytes 1.5
            # HELP nocmonitor_ingest_lines_total Lines stored.
            # TYPE nocmonitor_ingest_lines_total counter
            nocmonitor_ingest_lines_total 2
            nocmonitor_ingest_lines_total{status="a\"b\n"} 3
            # HELP nocmonitor_ingest_time_seconds Time.
            # TYPE nocmonitor_ingest_time_seconds histogram
            nocmonitor_ingest_time_seconds_bucket{le="0.1"} 1
            nocmonitor_ingest_time_seconds_bucket{le="1"} 1
            nocmonitor_ingest_time_seconds_bucket{le="+Inf"} 2
            nocmonitor_ingest_time_seconds_sum 5.1
            nocmonitor_ingest_time_seconds_count 2

            """));
    }

    [Test]
    public void A_label_that_the_network_chooses_cannot_grow_the_metrics_without_end()
    {
        using var meter = new CollectorMeter();
        using var readings = new MeterReadings(meter);
        var counter = meter.Meter.CreateCounter<long>("nocmonitor.x");

        for (var i = 0; i < 10_000; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("who", i));
        }

        var cells = readings.Read().Single(reading => reading.Source == "nocmonitor.x").Cells.ToArray();
        Assert.That(cells, Has.Length.LessThanOrEqualTo(201));
        Assert.That(cells.Sum(cell => cell.Value.Read().Value), Is.EqualTo(10_000));
    }

    [Test]
    public void The_meters_of_another_collector_in_this_process_are_not_ours()
    {
        using var ours = new CollectorMeter();
        using var theirs = new CollectorMeter();
        using var readings = new MeterReadings(ours);

        theirs.Meter.CreateCounter<long>("nocmonitor.theirs").Add(1);

        Assert.That(readings.Read(), Is.Empty);
    }
}
