using System.Diagnostics;
using System.Text.Json.Nodes;
using NocMonitor.EndToEnd.Tests.Stage;
using NocMonitor.Testing;
using NocMonitor.Testing.Snmp;

namespace NocMonitor.EndToEnd.Tests;

/// <summary>A switch that is polled and sends traps; both programs are real, and so is the sender of the traps.</summary>
public class PortStoryTests
{
    private const string OperStatus = "1.3.6.1.2.1.2.2.1.8.2";

    private readonly int _trapPort = SnmpDaemon.FreePort();

    [Test]
    public async Task A_port_that_goes_down_is_one_alert_of_trap_and_poll_and_resolves_when_it_is_up()
    {
        await using var simulator = new SnmpSimulator();
        var device = simulator.Add(Switch());
        device.RunUptime(TimeSpan.FromDays(3));
        device.Run("1.3.6.1.2.1.31.1.1.1.6.2", 125_000);
        await using var site = new Site();
        await StartAsync(site, device.EndPoint.Address.ToString(), simulator.Port);
        await Eventually.HappensAsync("rate of the port", async () => await RateAsync(site, "Gi0/2") is > 500_000 and < 2_000_000, site.Evidence);

        await TrapAsync(device.EndPoint.Address.ToString(), "5.3");
        device.Set($"{OperStatus}|2|2");
        await Eventually.HappensAsync("page", () => Task.FromResult(site.Pages().Contains("if.down.snmp firing")), site.Evidence);
        var text = site.Webhook.Requests.Select(request => request.Body).Last();
        await TrapAsync(device.EndPoint.Address.ToString(), "5.4");
        device.Set($"{OperStatus}|2|1");
        await Eventually.HappensAsync("recovery", () => Task.FromResult(site.Pages().Contains("if.down.snmp resolved")), site.Evidence);

        Assert.That(text, Does.Contain("Gi0/2 of sw1 (uplink to the core) is down"));
        Assert.That(site.Pages(), Is.EqualTo(new[] { "if.down.snmp firing", "if.down.snmp resolved" }), site.Evidence());
        Assert.That(await CountAsync(site, "interface", "link_trap"), Is.EqualTo(2), "the traps are samples of the polled port");
        Assert.That(await CountAsync(site, "trap_state", "raised"), Is.Zero);
    }

    [Test]
    public async Task A_collector_that_is_killed_goes_on_with_the_rates_and_makes_no_spike()
    {
        await using var simulator = new SnmpSimulator();
        var device = simulator.Add(Switch());
        device.RunUptime(TimeSpan.FromDays(3));
        device.Run("1.3.6.1.2.1.31.1.1.1.6.2", 125_000, from: ulong.MaxValue - 400_000);
        await using var site = new Site();
        await StartAsync(site, device.EndPoint.Address.ToString(), simulator.Port);
        await Eventually.HappensAsync("rate of the port", async () => await RateAsync(site, "Gi0/2") > 0, site.Evidence);

        var before = (await RatesAsync(site, "Gi0/2")).Count;
        site.Collector!.KillHard();
        await site.Collector.ExitAsync(CancellationToken.None);
        await site.AgentRoundsAsync(5);
        await site.StartCollectorAsync();
        await Eventually.HappensAsync("rates after the start", async () => (await RatesAsync(site, "Gi0/2")).Count > before + 3, site.Evidence);

        Assert.That(await RatesAsync(site, "Gi0/2"), Has.All.InRange(500_000, 2_000_000));
    }

    [Test]
    public async Task A_port_that_nobody_polls_is_an_alert_of_the_trap_alone_and_its_partner_ends_it()
    {
        await using var site = new Site();
        site.Webhook.Start();
        site.Probes.Add(Receiver());
        await site.StartCollectorAsync();
        site.StartAgent();
        await Eventually.HappensAsync("agent", async () => (await site.TimesAsync("agent")).Count > 0, site.Evidence);

        await Eventually.HappensAsync("page", async () =>
        {
            // The receiver may not listen yet: the device repeats itself, and the collector does not.
            await TrapAsync("127.0.0.1", "5.3");
            return site.Pages().Contains("trap.link firing");
        }, site.Evidence);
        await TrapAsync("127.0.0.1", "5.4");
        await Eventually.HappensAsync("recovery", () => Task.FromResult(site.Pages().Contains("trap.link resolved")), site.Evidence);

        Assert.That(site.Pages(), Is.EqualTo(new[] { "trap.link firing", "trap.link resolved" }), site.Evidence());
    }

    [TestCase("2c")]
    [TestCase("3")]
    public async Task Interfaces_of_a_real_snmpd_have_rates(string version)
    {
        using var folder = new TemporaryFolder();
        using var daemon = await SnmpDaemon.StartAsync(folder, "rocommunity public 127.0.0.1\ncreateUser noc SHA-256 \"authentic-12\" AES \"private-1234\"\nrouser noc priv\n", CancellationToken.None);
        await using var site = new Site();
        site.Webhook.Start();
        var credentials = version == "3"
            ? """{ "Version": "V3", "UserName": "noc", "Auth": "SHA256", "AuthPassword": "authentic-12", "Priv": "AES128", "PrivPassword": "private-1234" }"""
            : """{ "Version": "V2c", "Community": "public" }""";
        site.Probes.Add(JsonNode.Parse($$"""
            { "Type": "snmp", "Interval": "2s", "Credentials": { "site": {{credentials}} }, "Targets": [ { "Host": "127.0.0.1", "Port": {{daemon.Port}}, "Name": "me" } ] }
            """));
        await site.StartCollectorAsync();
        site.StartAgent();

        // The programs' own traffic is what the loopback interface counts.
        await Eventually.HappensAsync("rate", async () => await RateAsync(site, "lo") > 0, site.Evidence);

        Assert.That(await CountAsync(site, "interface&ifName=lo", "in_utilization"), Is.Zero, "a loopback has no speed to be a share of");
    }

    private async Task StartAsync(Site site, string address, int port)
    {
        site.Webhook.Start();
        site.Probes.Add(JsonNode.Parse($$"""
            { "Type": "snmp", "Interval": "1s", "Credentials": { "site": { "Version": "V2c", "Community": "public" } },
              "Targets": [ { "Host": "{{address}}", "Port": {{port}}, "Name": "sw1" } ] }
            """));
        site.Probes.Add(Receiver());
        await site.StartCollectorAsync();
        site.StartAgent();
    }

    private JsonNode Receiver() => JsonNode.Parse($$"""{ "Type": "snmp_trap", "Interval": "1s", "Address": "127.0.0.1", "Port": {{_trapPort}} }""")!;

    /// <summary>Two ports with what the pages and rules ask for.</summary>
    private static SnmpRecording Switch() => SnmpRecording.Parse(string.Join('\n', new[]
    {
        "1.3.6.1.2.1.1.1.0|4|A switch", "1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99999.1", "1.3.6.1.2.1.1.3.0|67|4200", "1.3.6.1.2.1.1.5.0|4|sw1",
    }.Concat(Enumerable.Range(1, 2).SelectMany(Port))) + "\n");

    private static IEnumerable<string> Port(int index) =>
    [
        $"1.3.6.1.2.1.2.2.1.1.{index}|2|{index}", $"1.3.6.1.2.1.2.2.1.2.{index}|4|GigabitEthernet0/{index}", $"1.3.6.1.2.1.2.2.1.3.{index}|2|6",
        $"1.3.6.1.2.1.2.2.1.5.{index}|66|1000000000", $"1.3.6.1.2.1.2.2.1.7.{index}|2|1", $"1.3.6.1.2.1.2.2.1.8.{index}|2|1",
        $"1.3.6.1.2.1.31.1.1.1.1.{index}|4|Gi0/{index}", $"1.3.6.1.2.1.31.1.1.1.6.{index}|70|1000000", $"1.3.6.1.2.1.31.1.1.1.10.{index}|70|1000000",
        $"1.3.6.1.2.1.31.1.1.1.15.{index}|66|1000", $"1.3.6.1.2.1.31.1.1.1.18.{index}|4|{(index == 2 ? "uplink to the core" : "")}",
    ];

    /// <summary>linkDown (5.3) or linkUp (5.4) of the second port, by Debian's snmptrap, from the device's address.</summary>
    private async Task TrapAsync(string from, string trap)
    {
        var start = new ProcessStartInfo(Prerequisite.Program("snmptrap", "snmp"),
            ["-v", "2c", "-c", "public", $"--clientaddr={from}", $"127.0.0.1:{_trapPort}", "", $"1.3.6.1.6.3.1.1.{trap}", "1.3.6.1.2.1.2.2.1.1.2", "i", "2"])
        {
            RedirectStandardError = true,
        };
        start.Environment["MIBS"] = "";
        using var sender = Process.Start(start)!;
        var error = await sender.StandardError.ReadToEndAsync();
        await sender.WaitForExitAsync();
        Assert.That(sender.ExitCode, Is.Zero, error);
    }

    /// <summary>The last rate of a port; null when there is none.</summary>
    private static async Task<double?> RateAsync(Site site, string port) => await RatesAsync(site, port) is [.., var last] ? last : null;

    private static async Task<List<double>> RatesAsync(Site site, string port) =>
        [.. (await ValuesAsync(site, $"interface&ifName={port}", "in_bits_per_second")).Select(value => value.GetValue<double>())];

    private static async Task<int> CountAsync(Site site, string measurement, string field) => (await ValuesAsync(site, measurement, field)).Count;

    private static async Task<List<JsonNode>> ValuesAsync(Site site, string measurement, string field)
    {
        var points = await site.GetAsync($"/api/v1/points?measurement={measurement}&limit=20000");
        return [.. (points?["series"]?.AsArray() ?? []).SelectMany(series => series!["points"]!.AsArray())
            .Select(point => point!["fields"]?[field]).OfType<JsonNode>()];
    }
}
