using System.Net;
using NocMonitor.Testing;
using NocMonitor.Testing.Snmp;

namespace NocMonitor.Probes.Tests.Snmp.Simulator;

/// <summary>The simulator against the tools of net-snmp, so that it is no mirror of our own code.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class SnmpSimulatorTests
{
    private const string Recording = """
        1.3.6.1.2.1.1.5.0|4|router
        1.3.6.1.2.1.1.3.0|67|4200
        1.3.6.1.2.1.2.2.1.10.2|65|4294967295
        1.3.6.1.2.1.2.2.1.10.1|65|17
        1.3.6.1.2.1.31.1.1.1.6.1|70|18446744073709551615
        """;

    private readonly SnmpSimulator _simulator = new();

    [TearDown]
    public async Task StopAsync() => await _simulator.DisposeAsync();

    [Test, CancelAfter(30_000)]
    public async Task Answers_get_in_both_versions(CancellationToken token)
    {
        var device = _simulator.Add(SnmpRecording.Parse(Recording), "secret");

        var v1 = await AskAsync("snmpget", device, "1", token, "1.3.6.1.2.1.1.5.0", "1.3.6.1.2.1.2.2.1.10.2");
        var v2 = await AskAsync("snmpget", device, "2c", token, "1.3.6.1.2.1.31.1.1.1.6.1", "1.3.6.1.2.1.1.6.0", "1.3.6.1.2.1.2.2.1.10.3");

        Assert.That(v1, Is.EqualTo(new[] { ".1.3.6.1.2.1.1.5.0 = \"router\"", ".1.3.6.1.2.1.2.2.1.10.2 = 4294967295" }));
        Assert.That(v2, Is.EqualTo(new[]
        {
            ".1.3.6.1.2.1.31.1.1.1.6.1 = 18446744073709551615",
            ".1.3.6.1.2.1.1.6.0 = No Such Object available on this agent at this OID",
            ".1.3.6.1.2.1.2.2.1.10.3 = No Such Instance currently exists at this OID",
        }));
    }

    [TestCase("snmpwalk", "1", 4, TestName = "Walks_in_version_1_leave_Counter64_out")]
    [TestCase("snmpwalk", "2c", 5, TestName = "Walks_by_GetNext_see_everything_once_in_order")]
    [TestCase("snmpbulkwalk", "2c", 5, TestName = "Walks_by_GetBulk_see_everything_once_in_order")]
    [CancelAfter(30_000)]
    public async Task Walks(string program, string version, int count, CancellationToken token)
    {
        var device = _simulator.Add(SnmpRecording.Parse(Recording), "secret");

        var lines = await AskAsync(program, device, version, token, "1.3");

        Assert.That(lines.Where(line => line.Contains(" = ") && !line.Contains("No more")).Select(line => line.Split(' ')[0]), Is.EqualTo(new[]
        {
            ".1.3.6.1.2.1.1.3.0", ".1.3.6.1.2.1.1.5.0", ".1.3.6.1.2.1.2.2.1.10.1", ".1.3.6.1.2.1.2.2.1.10.2", ".1.3.6.1.2.1.31.1.1.1.6.1",
        }.Take(count)));
    }

    [Test, CancelAfter(30_000)]
    public async Task Devices_are_told_apart_by_address_and_by_community(CancellationToken token)
    {
        var first = _simulator.Add(SnmpRecording.Parse("1.3.6.1.2.1.1.5.0|4|first"));
        var second = _simulator.Add(SnmpRecording.Parse("1.3.6.1.2.1.1.5.0|4|second"));
        var third = _simulator.AddCommunity(SnmpRecording.Parse("1.3.6.1.2.1.1.5.0|4|third"), "three");

        var names = new List<string>();
        foreach (var device in new[] { first, second, third })
        {
            names.AddRange(await AskAsync("snmpget", device, "2c", token, "1.3.6.1.2.1.1.5.0"));
        }

        Assert.That(names.Select(line => line.Split('"')[1]), Is.EqualTo(new[] { "first", "second", "third" }));
        Assert.That(first.EndPoint.Address, Is.Not.EqualTo(second.EndPoint.Address));
    }

    [Test, CancelAfter(30_000)]
    public async Task Counters_run_wrap_and_restart_and_interfaces_are_renumbered(CancellationToken token)
    {
        var time = new ManualTimeProvider();
        await using var simulator = new SnmpSimulator(time);
        var device = simulator.Add(SnmpRecording.Parse(Recording), "secret");
        device.RunUptime(TimeSpan.FromHours(1));
        device.RunCounters("1.3.6.1.2.1.2.2.1.10", perSecond: 10);
        device.Run("1.3.6.1.2.1.31.1.1.1.6.1", perSecond: 5);
        string[] names = ["1.3.6.1.2.1.1.3.0", "1.3.6.1.2.1.2.2.1.10.1", "1.3.6.1.2.1.2.2.1.10.2", "1.3.6.1.2.1.31.1.1.1.6.1"];

        time.Advance(TimeSpan.FromSeconds(2));
        var running = await ValuesAsync(device, names, token);
        device.Reboot();
        time.Advance(TimeSpan.FromSeconds(1));
        var rebooted = await ValuesAsync(device, names, token);
        device.RenumberInterfaces(new Dictionary<uint, uint> { [1] = 2, [2] = 1 });
        device.Remove("1.3.6.1.2.1.1.3");
        var renumbered = await ValuesAsync(device, names, token);

        Assert.That(running, Is.EqualTo(new[] { "360200", "37", "19", "9" }));
        Assert.That(rebooted, Is.EqualTo(new[] { "100", "10", "10", "5" }));
        Assert.That(renumbered[0], Does.StartWith("No Such"));
        Assert.That(renumbered[3], Does.StartWith("No Such"));
        Assert.That(renumbered[1..3], Is.EqualTo(new[] { "10", "10" }));
    }

    [Test, CancelAfter(60_000)]
    [Category("Conformance")]
    public async Task Real_recordings_are_walked_from_one_end_to_the_other(CancellationToken token)
    {
        foreach (var file in Directory.EnumerateFiles(Corpora.Find("snmp"), "*.snmprec").Take(5))
        {
            var recording = SnmpRecording.Load(file);
            var device = _simulator.Add(recording);

            var lines = await NetSnmp.RunAsync("snmpbulkwalk", ["-v2c", "-c", "any", "-Cr50", "-On", "-Oe", "-Ox", Target(device.EndPoint), "1"], token);

            Assert.That(lines.Count(line => line.StartsWith('.') && !line.Contains("No more variables")), Is.EqualTo(recording.Count), file);
        }
    }

    private static async Task<string[]> ValuesAsync(SimulatedDevice device, string[] names, CancellationToken token) =>
        [.. (await AskAsync("snmpget", device, "2c", token, names)).Select(line => line.Split(" = ")[1])];

    private static Task<IReadOnlyList<string>> AskAsync(string program, SimulatedDevice device, string version, CancellationToken token, params string[] names) =>
        NetSnmp.RunAsync(program, [$"-v{version}", "-c", device.Community ?? "any", "-On", "-OQ", "-Ot", "-r0", Target(device.EndPoint), .. names], token);

    private static string Target(IPEndPoint endPoint) => $"udp:{endPoint}";
}
