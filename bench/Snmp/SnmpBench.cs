using System.Diagnostics;
using System.Globalization;
using System.Text;
using NocMonitor.Bench.Processes;

namespace NocMonitor.Bench.Snmp;

/// <summary>
/// What polling costs this agent: the full walk of ifTable and ifXTable of a 48-port switch (41 columns, 1,968 values) beside net-snmp's snmpbulkwalk against the same
/// responder, and rounds of 1,000 switches with 12 counters a port, all well, and 5% dead and 5% slow (200 ms an answer). Budgets: 1.5 ms of CPU a walk, 5 s a round, 80 MiB.
/// </summary>
internal static class SnmpBench
{
    private const int Devices = 1000;
    private const int Troubled = Devices / 20;
    private const int PeerWalks = 20;
    private const string BulkWalk = "snmpbulkwalk";

    public static async Task RunAsync(BenchResults results)
    {
        var table = new StringBuilder("| what | CPU ms a device | CPU s a round | until the healthy are done, s | requests | values | retries | peak RSS MiB |\n|---|---|---|---|---|---|---|---|\n");
        double walk;
        using (var peer = await SnmpPeer.StartAsync(Devices))
        {
            var full = await SnmpPoller.StartAsync("all", peer.Port, Devices, 0);
            walk = full.CpuSeconds * 1000 / Devices;
            Append(table, "engine, full walks of 1,968 values", full);
            Append(table, "probe, the same values to lines", await SnmpPoller.StartAsync("probe", peer.Port, Devices, 0));
            Append(table, "probe, shipped profiles to lines", await SnmpPoller.StartAsync("profiles", peer.Port, Devices, 0));
            Append(table, "engine, 48 ports x 12 counters", await SnmpPoller.StartAsync("counters", peer.Port, Devices, 0));
            await AppendPeerAsync(table, peer.Port, walk);
        }

        using (var peer = await SnmpPeer.StartAsync(Devices, Troubled, Troubled))
        {
            Append(table, "the same, 5% dead and 5% slow", await SnmpPoller.StartAsync("counters", peer.Port, Devices, 2 * Troubled));
        }

        await results.WriteAsync("what polling costs, 1,000 switches, beside net-snmp", table.ToString().TrimEnd());
    }

    private static void Append(StringBuilder table, string what, SnmpFigures figures) => table.Append(CultureInfo.InvariantCulture,
        $"| {what} | {figures.CpuSeconds * 1000 / Devices:F3} | {figures.CpuSeconds:F2} | {figures.HealthySeconds:F2} | {figures.Requests} | {figures.Varbinds} | {figures.Retries} | {figures.ResidentMiB:F0} |\n");

    private static async Task AppendPeerAsync(StringBuilder table, int port, double ours)
    {
        if (Programs.Peer(BulkWalk) is not { } program)
        {
            return;
        }

        var before = ChildrenCpu.Milliseconds;
        for (var i = 1; i <= PeerWalks; i++)
        {
            foreach (var root in new[] { "1.3.6.1.2.1.2.2", "1.3.6.1.2.1.31.1.1" })
            {
                using var process = Process.Start(new ProcessStartInfo(program, ["-v2c", "-cpublic", "-Cr25", "-On", $"127.1.3.{i}:{port}", root])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                })!;
                await process.StandardOutput.ReadToEndAsync();
                await process.WaitForExitAsync();
            }
        }

        var each = (ChildrenCpu.Milliseconds - before) / PeerWalks;
        table.Append(CultureInfo.InvariantCulture, $"| {BulkWalk} -Cr25, full walk | {each:F1} ({each / ours:F0} times the engine) | | | | | | |\n");
    }
}
