using System.Globalization;
using System.Text;
using NocMonitor.Bench.Agent;
using NocMonitor.Bench.Processes;

namespace NocMonitor.Bench.Snmp;

/// <summary>
/// The published agent that polls 1,000 switches of 48 ports for two minutes and delivers what it finds: 12 counters a port, and everything that the shipped profile asks
/// of such a switch. Budget: 80 MiB of resident memory for the former.
/// </summary>
internal static class PollingAgentBench
{
    private const int Devices = 1000;
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(2);

    public static async Task RunAsync(BenchResults results)
    {
        var folder = Directory.CreateTempSubdirectory("nocmonitor-bench-").FullName;
        var program = await AgentProgram.PublishAsync(Path.Combine(folder, "agent"));
        var table = new StringBuilder("| what | interval | CPU ms a device and poll | RSS MiB at the end | peak RSS MiB | posts | MiB gzipped |\n|---|---|---|---|---|---|---|\n");
        using var peer = await SnmpPeer.StartAsync(Devices);
        await AppendAsync(table, program, folder, "12 counters a port", 10, peer.Port, Counters());
        await AppendAsync(table, program, folder, "the shipped profile", 60, peer.Port, "");
        Directory.Delete(folder, recursive: true);
        await results.WriteAsync("the published agent polling 1,000 switches of 48 ports, delivering included", table.ToString().TrimEnd());
    }

    private static async Task AppendAsync(StringBuilder table, string program, string folder, string what, int seconds, int port, string tables)
    {
        await using var sink = new AcceptingSink(Programs.FreePort());
        var config = Path.Combine(folder, "agent.json");
        var data = Path.Combine(folder, $"data{seconds}");
        await File.WriteAllTextAsync(config, Config(sink.Url, seconds, port, tables));
        await using var agent = MeasuredProgram.Start(program, folder, Programs.UnitEnvironment("nocmonitor-agent"), "run", "--config", config, "--data", data);
        await Task.Delay(Length, TimeProvider.System);
        var figures = agent.Figures;
        var polls = Devices * (Length.TotalSeconds / seconds);
        table.Append(CultureInfo.InvariantCulture,
            $"| {what} | {seconds} s | {figures.CpuSeconds * 1000 / polls:F2} | {figures.ResidentMiB:F0} | {figures.PeakMiB:F0} | {sink.Posts} | {sink.Bytes / 1048576.0:F1} |\n");
    }

    private static string Config(string url, int seconds, int port, string tables)
    {
        var targets = string.Join(", ", Enumerable.Range(0, Devices).Select(i =>
            $$"""{ "Host": "{{EngineFleet.AddressOf(i)}}", "Port": {{port}}{{(tables.Length > 0 ? ", \"Profile\": \"none\"" : "")}} }"""));
        return $$"""
            {
              "Agent": {
                "Collectors": [ { "Url": "{{url}}" } ],
                "Probes": [ { "Type": "snmp", "Interval": "{{seconds}}s", "Credentials": { "all": { "Community": "public" } }, "Targets": [ {{targets}} ]{{tables}} } ]
              }
            }
            """;
    }

    /// <summary>Octets and packets of both directions from ifXTable, errors and discards from ifTable.</summary>
    private static string Counters()
    {
        var columns = string.Join(", ", SnmpPoller.Counters.Select((column, i) => $$"""{ "Oid": "{{column}}", "Name": "c{{i}}" }"""));
        return $$""", "Tables": [ { "Measurement": "interface", "Columns": [ {{columns}} ], "Tags": [ { "Oid": "1.3.6.1.2.1.31.1.1.1.1", "Name": "ifName" } ] } ]""";
    }
}
