using System.Diagnostics;
using System.Globalization;
using System.Text;
using NocMonitor.Bench.Collector;
using NocMonitor.Bench.Processes;

namespace NocMonitor.Bench.Queries;

/// <summary>
/// Queries over HTTP beside VictoriaMetrics and InfluxDB, all loaded with the same data in one run. <c>NOCMONITOR_BENCH_QUERY=hosts-100,…</c> runs some scenarios only and writes no
/// result file.
/// </summary>
internal static class QueryBench
{
    public static async Task RunAsync(BenchResults results)
    {
        var chosen = Environment.GetEnvironmentVariable("NOCMONITOR_BENCH_QUERY")?.Split(',');
        var ours = await CollectorProgram.PathAsync();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / QueryScenario.IntervalSeconds * QueryScenario.IntervalSeconds;
        var text = new StringBuilder("Milliseconds: p50 / p95 / server CPU of a warm query; \"first\" is the first request after a restart, one restart a row.\n");
        foreach (var scenario in QueryScenario.All(now).Where(each => chosen is null || chosen.Contains(each.Name)))
        {
            text.Append(await RunAsync(scenario, ours));
        }

        if (chosen is null)
        {
            await results.WriteAsync("InfluxQL over HTTP on one keep-alive connection, beside VictoriaMetrics 1.79.5 (PromQL, nocache) and InfluxDB 1.6.7", text.ToString());
        }
        else
        {
            Console.WriteLine(text);
        }
    }

    private static async Task<string> RunAsync(QueryScenario scenario, string ours)
    {
        List<QueriedServer> servers = [QueriedServer.Ours(ours)];
        if (Programs.Peer("victoria-metrics") is { } victoria)
        {
            servers.Add(QueriedServer.Victoria(victoria));
        }

        if (Programs.Peer("influxd") is { } influx)
        {
            servers.Add(QueriedServer.Influx(influx));
        }

        try
        {
            await LoadAsync(scenario, servers);
            var loaded = servers.Select(server => server.Figures).ToArray();
            var warm = new List<AskedTimes[]>();
            foreach (var question in scenario.Questions)
            {
                warm.Add(await AskAllAsync(servers, question));
            }

            var after = servers.Select(server => server.Figures).ToArray();
            var first = await FirstAsync(scenario, servers);
            var restarted = servers.Select(server => server.Figures).ToArray();
            return QueryTable.Text(scenario, servers, warm, first)
                + QueryTable.Memory(servers, loaded, after, restarted);
        }
        finally
        {
            foreach (var server in servers)
            {
                await server.DisposeAsync();
            }
        }
    }

    private static async Task LoadAsync(QueryScenario scenario, List<QueriedServer> servers)
    {
        foreach (var server in servers)
        {
            await server.StartAsync();
            await server.SettleAsync();
            var started = Stopwatch.GetTimestamp();
            await new QueryLoad(scenario, server.Write).RunAsync();
            await server.SettleAsync();
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{scenario.Name}: {server.Name} loaded in {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s, {server.Figures.CpuSeconds:F1} CPU-s"));
        }

        // Background work of all three comes to rest.
        await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System);
    }

    private static async Task<AskedTimes[]> AskAllAsync(List<QueriedServer> servers, Question question)
    {
        var asked = new List<AskedTimes>();
        foreach (var server in servers)
        {
            asked.Add(await AskedTimes.MeasureAsync(server, question));
        }

        var influxQl = asked.Where((_, i) => servers[i].SpeaksInfluxQl).Select(each => each.Rows).Distinct().ToList();
        return influxQl is [> 0] ? [.. asked] : throw new InvalidOperationException($"{question.Name}: answers of {string.Join(" and ", influxQl)} rows");
    }

    private static async Task<double[][]> FirstAsync(QueryScenario scenario, List<QueriedServer> servers)
    {
        var first = scenario.Questions.Select(_ => new double[servers.Count]).ToArray();
        for (var i = 0; i < servers.Count; i++)
        {
            for (var row = 0; row < first.Length; row++)
            {
                await servers[i].RestartAsync();
                first[row][i] = await AskedTimes.FirstAsync(servers[i], scenario.Questions[row]);
            }
        }

        return first;
    }
}
