using System.Globalization;
using System.Text;
using NocMonitor.Bench.Processes;

namespace NocMonitor.Bench.Agent;

/// <summary>
/// The trimmed publish of the agent with cpu, mem, disk, diskio, net, system, 5 pings, 5 http and 10 services at 10 s, against an in-process collector
/// that accepts everything. Resident memory and CPU a minute, over <c>NOCMONITOR_BENCH_MINUTES</c> (3 unless set; 60 is the soak).
/// </summary>
internal static class AgentFootprintBench
{
    public static async Task RunAsync(BenchResults results)
    {
        var minutes = int.TryParse(Environment.GetEnvironmentVariable("NOCMONITOR_BENCH_MINUTES"), out var asked) ? asked : 3;
        var folder = Directory.CreateTempSubdirectory("nocmonitor-bench-").FullName;
        var program = await AgentProgram.PublishAsync(Path.Combine(folder, "agent"));
        var port = Programs.FreePort();
        await using var sink = new AcceptingSink(port);
        var config = Path.Combine(folder, "agent.json");
        await File.WriteAllTextAsync(config, Config(sink.Url));
        var table = new StringBuilder("| minute | RSS MiB | peak MiB | CPU-s in the minute |\n|---:|---:|---:|---:|\n");
        await using (var agent = MeasuredProgram.Start(program, folder, Programs.UnitEnvironment("nocmonitor-agent"), "run", "--config", config, "--data", Path.Combine(folder, "data")))
        {
            await Task.Delay(TimeSpan.FromMinutes(1), TimeProvider.System);
            var before = agent.Figures;
            for (var minute = 1; minute <= minutes; minute++)
            {
                await Task.Delay(TimeSpan.FromMinutes(1), TimeProvider.System);
                var now = agent.Figures;
                if (minute <= 3 || minute % 10 == 0)
                {
                    table.Append(CultureInfo.InvariantCulture, $"| {minute} | {now.ResidentMiB:F1} | {now.PeakMiB:F1} | {now.CpuSeconds - before.CpuSeconds:F3} |\n");
                }

                before = now;
            }
        }

        table.Append(CultureInfo.InvariantCulture, $"\n{sink.Posts} posts, {sink.Bytes / 1024.0:F0} KiB gzipped. Program: {new FileInfo(program).Length / 1048576.0:F1} MiB.\n");
        Directory.Delete(folder, recursive: true);
        await results.WriteAsync("the published agent: cpu, mem, disk, diskio, net, system, 5 pings, 5 http, 10 services at 10 s; the first minute is left out", table.ToString());
    }

    private static string Config(string url)
    {
        var pings = string.Join(", ", Enumerable.Range(1, 5).Select(i => $"\"127.0.0.{i}\""));
        var pages = string.Join(", ", Enumerable.Range(1, 5).Select(i => $"\"{url}page{i}\""));
        var units = string.Join(", ", Enumerable.Range(1, 10).Select(i => $"\"unit{i}.service\""));
        return $$"""
            {
              "Agent": {
                "Collectors": [ { "Url": "{{url}}" } ],
                "Probes": [
                  { "Type": "cpu" }, { "Type": "mem" }, { "Type": "disk" }, { "Type": "diskio" }, { "Type": "net" }, { "Type": "system" },
                  { "Type": "ping", "Targets": [ {{pings}} ] },
                  { "Type": "http", "Targets": [ {{pages}} ] },
                  { "Type": "service", "Services": [ {{units}} ] }
                ]
              }
            }
            """;
    }
}
