using System.Diagnostics;
using System.Globalization;
using NocMonitor.Bench.Processes;

namespace NocMonitor.Bench.Collector;

/// <summary>From sending the sample that proves a fault to the webhook's request line: ingest, log, rule, transaction and dispatch. One fault at a time.</summary>
internal static class AlertLatencyBench
{
    private const int Faults = 200;

    public static async Task RunAsync(BenchResults results)
    {
        await using var sink = new RecordingSink(Programs.FreePort());
        await using var collector = await CollectorUnderLoad.StartAsync($$"""
            , "Receivers": { "sink": { "Type": "webhook", "Url": "{{sink.Url}}" } }, "Routes": [ { "Receivers": [ "sink" ] } ]
            """, """
            { "Rules": [ { "Name": "bench.fault", "Measurement": "fault", "Critical": "broken > 0", "Summary": "{{host}} is broken" } ] }
            """);
        using var client = new HttpClient();
        var write = new Uri(collector.Url, "/api/v2/write");
        var latencies = new double[Faults];
        for (var i = 0; i < Faults; i++)
        {
            latencies[i] = await FaultAsync(client, write, sink, $"host-{i}");
        }

        Array.Sort(latencies);
        await results.WriteAsync("sample to webhook on loopback, one fault at a time, ms", string.Create(CultureInfo.InvariantCulture,
            $"| faults | p50 | p90 | p99 | max |\n|---:|---:|---:|---:|---:|\n| {Faults} | {latencies[Faults / 2]:F1} | {latencies[Faults * 9 / 10]:F1} | {latencies[Faults * 99 / 100]:F1} | {latencies[^1]:F1} |\n"));
    }

    private static async Task<double> FaultAsync(HttpClient client, Uri write, RecordingSink sink, string host)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var body = new StringContent($"fault,host={host} broken=1i\n");
        var sent = Stopwatch.GetTimestamp();
        var posting = client.PostAsync(write, body, limit.Token);
        var arrived = await sink.ArrivalAsync(host, limit.Token);
        using var answer = await posting;
        answer.EnsureSuccessStatusCode();
        return Stopwatch.GetElapsedTime(sent, arrived).TotalMilliseconds;
    }
}
