using NocMonitor.LineProtocol;
using NocMonitor.Testing;
using NocMonitor.Testing.Snmp;

namespace NocMonitor.Probes.Tests.Snmp;

public class SnmpProbeTests
{
    private const string Switch = """
        1.3.6.1.2.1.1.1.0|4|Some switch
        1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.9.1.5
        1.3.6.1.2.1.1.3.0|67|123456
        1.3.6.1.2.1.1.5.0|4|sw1
        1.3.6.1.2.1.2.2.1.1.1|2|1
        1.3.6.1.2.1.2.2.1.1.2|2|2
        1.3.6.1.2.1.2.2.1.1.7|2|7
        1.3.6.1.2.1.2.2.1.2.1|4|GigabitEthernet0/1
        1.3.6.1.2.1.2.2.1.2.2|4|GigabitEthernet0/2
        1.3.6.1.2.1.2.2.1.2.7|4|Vlan7
        1.3.6.1.2.1.2.2.1.5.1|66|4294967295
        1.3.6.1.2.1.2.2.1.5.7|66|100000000
        1.3.6.1.2.1.2.2.1.8.1|2|1
        1.3.6.1.2.1.2.2.1.8.2|2|2
        1.3.6.1.2.1.2.2.1.8.7|2|9
        1.3.6.1.2.1.2.2.1.10.1|65|77
        1.3.6.1.2.1.2.2.1.10.7|65|4294967295
        1.3.6.1.2.1.31.1.1.1.1.1|4|Gi0/1
        1.3.6.1.2.1.31.1.1.1.1.2|4|Gi0/1
        1.3.6.1.2.1.31.1.1.1.6.1|70|18446744073709551615
        1.3.6.1.2.1.31.1.1.1.6.2|70|5
        1.3.6.1.2.1.31.1.1.1.15.1|66|10000
        1.3.6.1.2.1.31.1.1.1.15.7|66|0
        """;

    private const string Profile = """
        sysobjectid: 1.3.6.1.4.1.9.1.*
        device: {vendor: Cisco}
        metrics:
          - MIB: IF-MIB
            table: {OID: 1.3.6.1.2.1.2.2, name: ifTable}
            metric_tags:
              - {tag: ifName, column: {OID: 1.3.6.1.2.1.31.1.1.1.1, name: ifName}}
              - {tag: ifName, column: {OID: 1.3.6.1.2.1.2.2.1.2, name: ifDescr}}
            columns:
              - {OID: 1.3.6.1.2.1.31.1.1.1.15, name: ifHighSpeed}
              - {OID: 1.3.6.1.2.1.2.2.1.5, name: ifSpeed32}
            symbols:
              - {OID: 1.3.6.1.2.1.2.2.1.1, name: ifIndex}
              - {OID: 1.3.6.1.2.1.2.2.1.8, name: ifOperStatus, enum: {up: 1, down: 2}}
              - {name: ifSpeed, value: "first(nonzero(ifHighSpeed) * 1000000, ifSpeed32)", format: integer}
              - {OID: 1.3.6.1.2.1.31.1.1.1.6, name: ifHCInOctets}
              - {OID: 1.3.6.1.2.1.2.2.1.10, name: ifInOctets, unless: ifHCInOctets}
        """;

    [Test, CancelAfter(30_000)]
    public async Task A_switch_gives_a_point_for_each_interface_and_one_for_itself(CancellationToken token)
    {
        await using var simulator = new SnmpSimulator();
        var device = simulator.Add(SnmpRecording.Parse(Switch));
        using var folder = new TemporaryFolder();
        folder.Write("cisco.yaml", Profile);

        var points = await RoundAsync(device, folder, "", token);

        Assert.That(LinesOf(points, "interface"), Is.EqualTo(new[]
        {
            "interface,host=sw1,ifName=Gi0/1 ifIndex=1i,ifOperStatus=\"up\",ifSpeed=10000000000i,ifHCInOctets=18446744073709551615u,sys_uptime=123456i",
            "interface,host=sw1,ifName=Gi0/1\\ #2 ifIndex=2i,ifOperStatus=\"down\",ifHCInOctets=5u,sys_uptime=123456i",
            "interface,host=sw1,ifName=Vlan7 ifIndex=7i,ifOperStatus=\"9\",ifSpeed=100000000i,ifInOctets=4294967295i,sys_uptime=123456i",
        }));
        var own = points.All.Single(point => point.Measurement == "snmp");
        Assert.That(own.FindField("result_code")!.Value.Integer, Is.Zero);
        Assert.That(own.FindField("points")!.Value.Integer, Is.EqualTo(3));
        Assert.That((own.FindField("profile")!.Value.Text, own.FindField("vendor")!.Value.Text, own.FindField("sysName")!.Value.Text), Is.EqualTo(("cisco", "Cisco", "sw1")));
    }

    [Test, CancelAfter(30_000)]
    public async Task What_a_profile_asks_beside_what_every_device_is_asked_is_asked_once(CancellationToken token)
    {
        await using var simulator = new SnmpSimulator();
        var device = simulator.Add(SnmpRecording.Parse(Switch));
        using var folder = new TemporaryFolder();
        folder.Write("cisco.yaml", """
            sysobjectid: 1.3.6.1.4.1.9.1.*
            metadata: {device: {fields: {model: {symbol: {OID: 1.3.6.1.2.1.1.1.0, name: sysDescr}}}}}
            metrics:
              - symbol: {OID: 1.3.6.1.2.1.1.3.0, name: uptime_ticks}
              - symbol: {OID: 1.3.6.1.2.1.2.1.0, name: ports}
            """);

        var points = await RoundAsync(device, folder, "", token);

        var own = points.All.Single(point => point.Measurement == "snmp");
        Assert.That((own.FindField("model")?.Text, own.FindField("uptime_ticks")?.Integer), Is.EqualTo(("Some switch", 123456L)));
        while (device.TakeRequest() is { } seen)
        {
            Assert.That(seen.Names, Is.Unique);
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task A_device_that_does_not_answer_is_a_point_with_the_reason(CancellationToken token)
    {
        await using var simulator = new SnmpSimulator();
        var device = simulator.Add(SnmpRecording.Parse(Switch));
        device.Faults.Silent = true;
        using var folder = new TemporaryFolder();

        var own = (await RoundAsync(device, folder, "\"Timeout\": \"50ms\", \"Retries\": 1", token)).Single();

        Assert.That((own.FindTag("host"), own.FindField("result_code")!.Value.Integer), Is.EqualTo(("sw1", ResultCode.Timeout)));
        Assert.That(own.FindField("error")!.Value.Text, Is.Not.Empty);
        Assert.That(own.FindField("requests")!.Value.Integer, Is.EqualTo(2));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_table_that_hangs_costs_itself_only(CancellationToken token)
    {
        await using var simulator = new SnmpSimulator();
        var device = simulator.Add(SnmpRecording.Parse(Switch + "\n1.3.6.1.2.1.1.9.1.2.1|2|5\n1.3.6.1.4.1.9.3.1.1.1|2|6"));
        device.Slow("1.3.6.1.2.1.1.9", TimeSpan.FromMinutes(1));
        using var folder = new TemporaryFolder();
        folder.Write("cisco.yaml", Profile + """

              - {table: {name: hungTable}, symbols: [{OID: 1.3.6.1.2.1.1.9.1.2, name: hung}]}
              - {table: {name: goodTable}, symbols: [{OID: 1.3.6.1.4.1.9.3.1.1, name: good}]}
            """);

        var points = await RoundAsync(device, folder, "\"Timeout\": \"100ms\", \"Retries\": 0", token);

        var own = points.All.Single(point => point.Measurement == "snmp");
        Assert.That(own.FindField("result_code")!.Value.Integer, Is.Zero);
        Assert.That(own.FindField("tables_failed")!.Value.Integer, Is.EqualTo(1));
        Assert.That(own.FindField("table_error")!.Value.Text, Does.StartWith("hungTable: "));
        Assert.That(LinesOf(points, "interface").Count(), Is.EqualTo(3));
        Assert.That(LinesOf(points, "good"), Is.EqualTo(new[] { "good,host=sw1,index=1 good=6i" }));
    }

    [TestCase("v2c")]
    [TestCase("v3")]
    [CancelAfter(60_000)]
    public async Task Debians_snmpd_is_polled_with_the_shipped_profiles(string version, CancellationToken token)
    {
        using var state = new TemporaryFolder();
        using var snmpd = await SnmpDaemon.StartAsync(state,
            "rocommunity public\nsysName router9\ncreateUser noc SHA-256 \"longpassword\" AES \"otherpassword\"\nrouser noc priv\n", token);
        var credentials = version == "v2c" ? "\"Community\": \"public\""
            : "\"Version\": \"V3\", \"UserName\": \"noc\", \"Auth\": \"SHA256\", \"AuthPassword\": \"longpassword\", \"Priv\": \"AES128\", \"PrivPassword\": \"otherpassword\"";

        var points = await ConfiguredProbe.RoundAsync("snmp", $$"""
            { "Hosts": ["127.0.0.1:{{snmpd.Port}}"], "Credentials": { "c": { {{credentials}} } }, "ProfileFolders": ["{{Repository.Root}}/profiles"] }
            """, token);

        var own = points.All.Single(point => point.Measurement == "snmp");
        Assert.That((own.FindField("result_code")!.Value.Integer, own.FindField("profile")!.Value.Text, own.FindField("sysName")!.Value.Text), Is.EqualTo((0L, "net-snmp", "router9")));
        Assert.That(points.All.Where(point => point.Measurement == "interface").Select(point => point.FindTag("ifName")), Does.Contain("lo"));
    }

    private static Task<RecordedPoints> RoundAsync(SimulatedDevice device, TemporaryFolder folder, string options, CancellationToken token) =>
        ConfiguredProbe.RoundAsync("snmp", OptionsFor(device, folder, options), token);

    private static string OptionsFor(SimulatedDevice device, TemporaryFolder folder, string options) => $$"""
        {
          "Targets": [{ "Host": "{{device.EndPoint.Address}}", "Port": {{device.EndPoint.Port}}, "Name": "sw1" }],
          "Credentials": { "site": { "Community": "public" } },
          "ProfileFolders": ["{{folder.Path}}"]{{(options.Length > 0 ? $", {options}" : "")}}
        }
        """;

    private static IEnumerable<string> LinesOf(RecordedPoints points, string measurement) =>
        points.All.Where(point => point.Measurement == measurement).Select(point => WithoutTime(point));

    private static string WithoutTime(Point point)
    {
        point.Timestamp = null;
        return point.ToString();
    }
}
