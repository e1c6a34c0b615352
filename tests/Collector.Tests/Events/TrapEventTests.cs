using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NocMonitor.Collector.Rules.Evaluation;
using NocMonitor.Collector.Tests.Hosting;
using NocMonitor.Collector.Tests.Ingest;
using NocMonitor.Collector.Tests.Rules.Pack;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Events;

/// <summary>Traps and polls through the write door, judged by the shipped rules.</summary>
public class TrapEventTests
{
    private const string Up = "ifIndex=7i,ifAlias=\"uplink core\",ifAdminStatus=\"up\",ifOperStatus=\"up\"";
    private const string Down = "ifIndex=7i,ifAlias=\"uplink core\",ifAdminStatus=\"up\",ifOperStatus=\"down\"";

    private readonly ManualTimeProvider _time = new();
    private TestCollector _collector = null!;

    [SetUp]
    public async Task StartAsync() => _collector = await TestCollector.StartAsync(time: _time, rules: Rules());

    [TearDown]
    public async Task StopAsync() => await _collector.DisposeAsync();

    [Test]
    public async Task A_port_that_goes_down_is_one_alert_of_trap_and_poll_that_names_device_port_and_alias()
    {
        await PollAsync(0, Up);
        await PollAsync(60, Up);

        await TrapAsync(70, "linkDown", "ifIndex=7i");
        Assert.That(await AlertsAsync(), Is.Empty, "a trap alone is to be confirmed");
        await PollAsync(120, Down);
        Assert.That(await AlertsAsync(), Is.EqualTo(new[] { "firing if.down.snmp Gi1/0/7 of sw1 (uplink core) is down" }));
        await PollAsync(180, Down);
        await TrapAsync(190, "linkUp", "ifIndex=7i");
        await PollAsync(240, Up);

        Assert.That(await AlertsAsync(), Is.EqualTo(new[] { "resolved if.down.snmp Gi1/0/7 of sw1 (uplink core) is down" }));
        Assert.That(StoredPoints.Of(_collector).Where(point => point.Contains("trap_state", StringComparison.Ordinal)), Is.Empty);
    }

    [TestCase("\"down\"")]
    [TestCase("2i")]
    public async Task A_port_that_was_shut_down_by_a_person_is_no_fault(string admin)
    {
        await PollAsync(0, Up);

        await TrapAsync(10, "linkDown", $"ifIndex=7i,ifAdminStatus={admin}");
        await TrapAsync(11, "linkDown", $"ifIndex=7i,ifAdminStatus={admin}");
        await PollAsync(60, "ifIndex=7i,ifAdminStatus=\"down\",ifOperStatus=\"down\"");
        await PollAsync(120, "ifIndex=7i,ifAdminStatus=\"down\",ifOperStatus=\"down\"");

        Assert.That(await AlertsAsync(), Is.Empty);
    }

    [Test]
    public async Task A_trap_of_a_renumbered_port_finds_it_by_what_was_polled_last()
    {
        await PollAsync(0, Up);
        await PollAsync(60, Up.Replace("ifIndex=7i", "ifIndex=9i", StringComparison.Ordinal));

        await TrapAsync(70, "linkDown", "ifIndex=9i");
        await TrapAsync(71, "linkDown", "ifIndex=7i");

        Assert.That(Stored("link_trap"), Is.EqualTo(new[] { "interface,host=sw1,ifName=Gi1/0/7 link_trap=linkDown" }));
        Assert.That(await AlertsAsync(), Is.EqualTo(new[] { "firing trap.link port 7 of sw1 is down" }), "nothing polled has the index 7 any more");
    }

    [Test]
    public async Task A_trap_soon_after_a_start_finds_the_port_in_the_store()
    {
        using var folder = new TemporaryFolder();
        await using (var before = await TestCollector.StartAsync(folder: folder, time: _time, rules: Rules()))
        {
            await before.WriteAsync($"interface,host=sw1,ifName=Gi1/0/7 {Up} {Time(0)}");
        }

        await using var after = await TestCollector.StartAsync(folder: folder, time: _time, rules: Rules());
        await after.WriteAsync($"snmp_trap,host=sw1,trap=linkDown ifIndex=7i {Time(30)}");

        Assert.That(StoredPoints.Of(after).Any(point => point.StartsWith("interface,host=sw1,ifName=Gi1/0/7 ifAlias=uplink core", StringComparison.Ordinal)
            && point.EndsWith($"@{Time(30)}", StringComparison.Ordinal)), Is.True);
    }

    [Test]
    public async Task What_is_not_polled_is_an_event_that_its_partner_ends_told_once_though_it_comes_twice_and_to_two_agents()
    {
        await TrapAsync(0, "linkDown", "ifIndex=3i,ifDescr=\"Port 3\"", agent: "a1");
        await TrapAsync(0, "linkDown", "ifIndex=3i,ifDescr=\"Port 3\"", agent: "a2");
        await TrapAsync(1, "linkDown", "ifIndex=3i,ifDescr=\"Port 3\"", agent: "a1");
        await TrapAsync(1, "linkDown", "ifIndex=4i,ifDescr=\"Port 4\"");
        Assert.That(await AlertsAsync(), Is.EqualTo(new[] { "firing trap.link port Port 3 of sw1 is down", "firing trap.link port Port 4 of sw1 is down" }));

        await TrapAsync(9, "linkUp", "ifIndex=3i,ifDescr=\"Port 3\"", agent: "a2");
        await TrapAsync(5, "linkDown", "ifIndex=3i,ifDescr=\"Port 3\"", agent: "a1");

        Assert.That(await AlertsAsync(), Is.EqualTo(new[] { "resolved trap.link port Port 3 of sw1 is down", "firing trap.link port Port 4 of sw1 is down" }));
    }

    [Test]
    public async Task The_end_of_what_never_began_is_not_stored()
    {
        await TrapAsync(0, "linkUp", "ifIndex=3i");

        Assert.That(StoredPoints.Of(_collector).Where(point => point.StartsWith("trap_state", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task An_event_that_began_before_its_port_was_polled_ends_all_the_same()
    {
        await TrapAsync(0, "linkDown", "ifIndex=7i");
        await PollAsync(60, Down);

        await TrapAsync(70, "linkUp", "ifIndex=7i");

        Assert.That(await AlertsAsync(), Is.EqualTo(new[] { "resolved trap.link port 7 of sw1 is down" }), "the words it fired with");
        Assert.That(await _collector.Client.GetStringAsync("/api/v1/alerts/1"), Does.Contain("resolved: port Gi1/0/7 of sw1 is down (uplink core)"), "the words of its end");
    }

    [Test]
    public async Task An_event_is_left_to_the_poll_where_the_host_is_polled_for_it()
    {
        await _collector.WriteAsync($"bgp_peer,host=sw1,peer=10.0.0.1 state=\"established\",admin_status=\"start\" {Time(0)}");

        await TrapAsync(10, "bgpBackwardTransition", "bgpPeerState=1i");
        await _collector.WriteAsync($"snmp_trap,host=sw2,trap=bgpBackwardTransition bgpPeerState=1i,varbinds=\"1.3.6.1.2.1.15.3.1.14.10.0.0.2=0; 1.3.6.1.2.1.15.3.1.2.10.0.0.2=1\" {Time(10)}");

        Assert.That(await AlertsAsync(), Is.EqualTo(new[] { "firing trap.bgp BGP peer 10.0.0.2 of sw2 is lost" }));
    }

    [Test]
    public async Task A_critical_trap_of_a_vendor_is_an_alert_that_the_trap_ends_which_its_profile_names()
    {
        await TrapAsync(0, "jnxFanFailure", "severity=\"critical\",text=\"jnxFanFailure Fan 1\"");
        await TrapAsync(1, "bigipNodeDown", "severity=\"critical\",text=\"node 10.0.0.9\"");
        await TrapAsync(2, "entConfigChange", "severity=\"info\"");
        await TrapAsync(3, "1.3.6.1.4.1.99999.0.1", "severity=\"critical\"");
        Assert.That(await AlertsAsync(), Is.EqualTo(new[] { "firing trap.environment sw1 reports jnxFanFailure", "firing trap.device sw1 reports bigipNodeDown" }));

        await TrapAsync(9, "jnxFanOK", "severity=\"info\",clears=\"jnxFanFailure\"");
        await TrapAsync(9, "bigipServiceUp", "severity=\"info\",clears=\"bigipServiceDown\"");

        Assert.That(await AlertsAsync(), Is.EqualTo(new[] { "resolved trap.environment sw1 reports jnxFanFailure", "firing trap.device sw1 reports bigipNodeDown" }));
    }

    [Test]
    public async Task Two_parts_that_fail_by_the_same_trap_are_two_alerts_and_each_ends_for_itself()
    {
        await TrapAsync(0, "jnxFanFailure", "severity=\"critical\",part=\"Fan Tray 0\"");
        await TrapAsync(1, "jnxFanFailure", "severity=\"critical\",part=\"Fan Tray 1\"");

        await TrapAsync(9, "jnxFanOK", "severity=\"info\",clears=\"jnxFanFailure\",part=\"Fan Tray 0\"");
        await TrapAsync(9, "jnxFanOK", "severity=\"info\",clears=\"jnxFanFailure\",part=\"Fan Tray 2\"");

        Assert.That(await AlertsAsync(), Is.EqualTo(new[]
        {
            "resolved trap.environment sw1 reports jnxFanFailure/Fan Tray 0", "firing trap.environment sw1 reports jnxFanFailure/Fan Tray 1",
        }));
    }

    [Test]
    public async Task An_end_that_names_no_part_ends_all_parts_of_its_trap()
    {
        await TrapAsync(0, "jnxFanFailure", "severity=\"critical\",part=\"Fan Tray 0\"");
        await TrapAsync(0, "jnxFanFailure", "severity=\"critical\",part=\"Fan Tray 1\"");
        await TrapAsync(0, "jnxPowerSupplyFailure", "severity=\"critical\",part=\"PSU 1\"");

        await TrapAsync(9, "jnxFanOK", "severity=\"info\",clears=\"jnxFanFailure\"");

        Assert.That(await AlertsAsync(), Is.EqualTo(new[]
        {
            "resolved trap.environment sw1 reports jnxFanFailure/Fan Tray 0", "resolved trap.environment sw1 reports jnxFanFailure/Fan Tray 1",
            "firing trap.environment sw1 reports jnxPowerSupplyFailure/PSU 1",
        }));
    }

    [Test]
    public async Task A_vendor_s_trap_about_what_is_polled_is_left_to_the_poll()
    {
        await _collector.WriteAsync($"sensor,host=sw1,sensor=Fan\\ 1,class=state status_level=0i {Time(0)}");

        await TrapAsync(10, "jnxFanFailure", "severity=\"critical\"");
        await TrapAsync(10, "bigipNodeDown", "severity=\"critical\"");

        Assert.That(await AlertsAsync(), Is.EqualTo(new[] { "firing trap.device sw1 reports bigipNodeDown" }));
    }

    [Test]
    public async Task An_event_whose_end_never_comes_is_over_after_its_lifetime_and_keeps_its_words()
    {
        await using var collector = await TestCollector.StartAsync(time: _time, rules:
            """
            { "Events": [ { "Name": "door", "RaisedBy": [ "doorOpen" ] } ],
              "Rules": [ { "Name": "door", "Measurement": "trap_state", "Where": { "event": "door" }, "Warning": "raised == 1", "Lifetime": "20s", "Summary": "door of {{host}}: {{text}}" } ] }
            """);
        await collector.WriteAsync($"snmp_trap,host=rack1,trap=doorOpen text=\"front\" {Time(0)}");
        Assert.That(await AlertsAsync(collector), Is.EqualTo(new[] { "firing door door of rack1: front" }));

        _time.Advance(TimeSpan.FromSeconds(25));
        await collector.App.Services.GetRequiredService<RuleEngine>().SweepAsync();

        Assert.That(await AlertsAsync(collector), Is.EqualTo(new[] { "resolved door door of rack1: front" }));
    }

    [Test]
    public async Task A_reload_takes_up_other_events()
    {
        var errors = new List<NocMonitor.Configuration.ConfigError>();
        using var folder = new TemporaryFolder();
        folder.Write("rules.json", """{ "Events": [ { "Name": "x", "RaisedBy": [ "fan*" ] } ] }""");
        var reader = new NocMonitor.Configuration.OptionReader(NocMonitor.Configuration.ConfigNode.Empty("", new NocMonitor.Configuration.ConfigPlace("t", 1, 1)), errors);
        var set = NocMonitor.Collector.Rules.Definition.RuleSetLoader.Load(NocMonitor.Collector.Rules.RulesOptions.Read(reader) with { Directory = folder.Path }, errors);
        await _collector.App.Services.GetRequiredService<RuleEngine>().ReloadAsync(set!, default);

        await TrapAsync(0, "fanFailed", "fan=2i");

        Assert.That(Stored("raised"), Is.EqualTo(new[] { "trap_state,event=x,host=sw1 raised=1" }));
    }

    private static string Rules()
    {
        var files = new[] { "interface", "trap", "host", "snmp" }.Select(name => JsonNode.Parse(File.ReadAllText(Path.Combine(RulePack.Folder, $"{name}.json")))!).ToArray();
        var rules = files.SelectMany(file => file["Rules"]!.AsArray()).ToList();
        var names = rules.Select(rule => rule!["Name"]!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        return new JsonObject
        {
            ["Events"] = files[1]["Events"]!.DeepClone(),
            ["Rules"] = new JsonArray([.. rules.Select(rule => Alone(rule!, names))]),
        }.ToJsonString();
    }

    /// <summary>A rule without the parents that are in other files.</summary>
    private static JsonNode Alone(JsonNode rule, HashSet<string> names)
    {
        var copy = rule.DeepClone();
        copy["DependsOn"] = new JsonArray([.. (copy["DependsOn"]?.AsArray() ?? []).Where(parent => names.Contains(parent!.GetValue<string>().Split(' ')[0])).Select(parent => parent!.DeepClone())]);
        return copy;
    }

    private string Time(int second) => $"{_time.GetUtcNow().ToUnixTimeSeconds() + second}000000000";

    private async Task PollAsync(int second, string fields) =>
        Assert.That(await _collector.WriteAsync($"interface,host=sw1,ifName=Gi1/0/7 {fields} {Time(second)}"), Is.EqualTo(204));

    private async Task TrapAsync(int second, string trap, string fields, string agent = "a1") =>
        Assert.That(await _collector.WriteAsync($"snmp_trap,agent={agent},host=sw1,trap={trap} {fields} {Time(second)}"), Is.EqualTo(204));

    private Task<string[]> AlertsAsync() => AlertsAsync(_collector);

    private static async Task<string[]> AlertsAsync(TestCollector collector)
    {
        await collector.App.Services.GetRequiredService<RuleEngine>().FlushAsync();
        var alerts = JsonNode.Parse(await collector.Client.GetStringAsync("/api/v1/alerts?state=all"))!["alerts"]!.AsArray();
        return [.. alerts.OrderBy(alert => alert!["id"]!.GetValue<long>()).Select(alert => $"{alert!["state"]} {alert["rule"]} {alert["summary"]}")];
    }

    /// <summary>Where a field is stored, without its times.</summary>
    private string[] Stored(string field) => [.. StoredPoints.Of(_collector).Where(point => point.Contains($" {field}=", StringComparison.Ordinal)).Select(point => point[..point.LastIndexOf('@')])];
}
