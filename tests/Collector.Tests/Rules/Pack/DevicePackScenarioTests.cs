using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Tests.Rules.Evaluation;
using static NocMonitor.Collector.Tests.Rules.Evaluation.RuleEngineTests;

namespace NocMonitor.Collector.Tests.Rules.Pack;

/// <summary>The shipped rules on what polls of devices store.</summary>
public class DevicePackScenarioTests
{
    private EngineStage _stage = null!;

    [SetUp]
    public async Task StartAsync() => _stage = await EngineStage.StartAsync(
        RulePack.Text([.. Directory.EnumerateFiles(RulePack.Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file))]));

    [TearDown]
    public async Task StopAsync() => await _stage.DisposeAsync();

    [Test]
    public async Task A_temperature_is_held_against_the_device_s_own_limit_and_else_against_ours()
    {
        await MinutesAsync(0, 6,
            "sensor,host=own,sensor=cpu,class=temperature value=70.0,limit_high_warning=85.0,limit_high_critical=95.0",
            "sensor,host=half,sensor=cpu,class=temperature value=70.0,limit_high_critical=75.0",
            "sensor,host=none,sensor=inlet,class=temperature value=62.0",
            "sensor,host=cool,sensor=inlet,class=temperature value=24.0");

        Assert.That(Firing(), Is.EquivalentTo(new[]
        {
            "warning env.temp cpu of half is at 70 °C, the limit is 65", "critical env.temp inlet of none is at 62 °C, the limit is 60",
        }));
    }

    [Test]
    public async Task A_temperature_clears_three_degrees_below_the_limit_that_raised_it()
    {
        await MinutesAsync(0, 6, "sensor,host=a,sensor=cpu,class=temperature value=96.0,limit_high_warning=85.0,limit_high_critical=95.0");

        await MinutesAsync(7, 3, "sensor,host=a,sensor=cpu,class=temperature value=93.0,limit_high_warning=85.0,limit_high_critical=95.0");
        Assert.That(Firing(), Has.Count.EqualTo(1).And.Some.StartsWith("critical"));
        await MinutesAsync(10, 3, "sensor,host=a,sensor=cpu,class=temperature value=80.0,limit_high_warning=85.0,limit_high_critical=95.0");

        Assert.That(Firing(), Is.Empty);
    }

    [Test]
    public async Task Limits_count_where_a_device_states_them_and_what_has_none_is_left_in_peace()
    {
        await MinutesAsync(0, 2,
            "sensor,host=a,sensor=vcc,class=voltage value=5.6,unit=\"V\",limit_high_critical=5.5,limit_low_critical=4.5",
            "sensor,host=a,sensor=vin,class=voltage value=180.0,unit=\"V\",limit_low_warning=197.0",
            "sensor,host=a,sensor=vaux,class=voltage value=12000.0,unit=\"V\"",
            "sensor,host=a,sensor=rx1,class=dbm value=-17.0,limit_low_warning=-14.0,limit_low_critical=-18.0",
            "sensor,host=a,sensor=rx2,class=dbm value=-40.0,limit_low_warning=-14.0,limit_low_critical=-18.0");

        Assert.That(Firing(), Is.EquivalentTo(new[]
        {
            "critical sensor.high vcc of a is at 5.6 V, above the limit of 5.5", "warning sensor.low vin of a is at 180 V, below the limit of 197",
            "warning sensor.light rx1 of a is at -17 dBm, below the limit of -14",
        }));
        await MinutesAsync(2, 2, "sensor,host=a,sensor=vcc,class=voltage value=5.0,unit=\"V\",limit_high_critical=5.5,limit_low_critical=4.5");
        Assert.That(Firing(), Has.None.Contains("vcc"));
    }

    [Test]
    public async Task States_of_fans_supplies_and_other_parts_are_one_rule_each()
    {
        await MinutesAsync(0, 2,
            "sensor,host=a,sensor=Fan\\ Tray\\ 1,class=state status=\"critical\",status_level=2i",
            "sensor,host=a,sensor=PSU\\ 2,class=state status=\"notPresent\",status_level=1i",
            "sensor,host=a,sensor=Module\\ 3,class=state status=\"failed\",status_level=2i",
            "sensor,host=a,sensor=Module\\ 4,class=state status=\"unknown\",status_level=3i",
            "sensor,host=a,sensor=Fan\\ 2,class=fanspeed value=8000.0");

        Assert.That(Firing(), Is.EquivalentTo(new[]
        {
            "critical env.fan Fan Tray 1 of a is critical", "warning env.psu PSU 2 of a is notPresent", "critical env.state Module 3 of a is failed",
        }));
    }

    [Test]
    public async Task A_device_that_answers_ping_and_not_SNMP_is_told_and_one_that_is_down_is_not_told_twice()
    {
        for (var minute = 0; minute <= 6; minute++)
        {
            await MinutesAsync(minute, 1,
                "ping,agent=a1,host=deaf,url=deaf percent_packet_loss=0,result_code=0i",
                "snmp,agent=a1,host=deaf result_code=2i,error=\"no answer within 5 s\"",
                "ping,agent=a1,host=dead,url=dead percent_packet_loss=100,result_code=2i",
                "snmp,agent=a1,host=dead result_code=2i,error=\"no answer within 5 s\"");
        }

        Assert.That(_stage.Pages(), Is.EqualTo(new[] { "firing host.down dead -> noc", "firing snmp.silent deaf -> noc" }));
    }

    [Test]
    public async Task A_full_line_is_told_with_its_alias_and_an_idle_one_with_errors_is_not()
    {
        await MinutesAsync(0, 22,
            "interface,host=a,ifName=e1 ifAlias=\"to core\",in_utilization=97.0,out_utilization=3.0,in_bits_per_second=970000000.0,out_bits_per_second=30000000.0",
            "interface,host=a,ifName=e2 in_errors_percent=0.5,out_errors_percent=0.0,in_errors_per_second=0.1,out_errors_per_second=0.0,in_packets_per_second=3.0,out_packets_per_second=3.0",
            "interface,host=a,ifName=e3 in_errors_percent=0.05,in_errors_per_second=5.0,in_packets_per_second=10000.0");

        Assert.That(Firing(), Is.EquivalentTo(new[]
        {
            "critical if.util.snmp e1 of a (to core) is at its limit: 97.0 % in, 3.0 % out", "warning if.errors.snmp e3 of a breaks packets: 0.050 % in, ? % out",
        }));
    }

    [Test]
    public async Task A_port_of_a_host_with_an_agent_of_its_own_is_one_page_though_it_is_polled_too()
    {
        await MinutesAsync(0, 3, Ports("1i", "up"));

        await MinutesAsync(3, 3, Ports("0i", "down"));

        Assert.That(_stage.Pages(), Is.EquivalentTo(new[] { "firing if.down srv -> noc", "firing if.down.snmp srv -> noc", "firing if.down.snmp sw -> noc" }));
        Assert.That(Firing(), Does.Contain("warning if.down.snmp eth0 of srv is down"));
        Assert.That(_stage.Alerts.List(new AlertFilter(Rule: "if.down.snmp")).Single(alert => alert.Summary == "eth0 of srv is down").Page, Is.EqualTo(PageState.Suppressed));
    }

    [Test]
    public async Task A_port_that_comes_back_slower_is_told_until_it_is_as_fast_as_before()
    {
        await MinutesAsync(0, 3, "interface,host=a,ifName=e1 ifOperStatus=\"up\",ifAdminStatus=\"up\",ifSpeed=1000000000i");
        await MinutesAsync(3, 15, "interface,host=a,ifName=e1 ifOperStatus=\"up\",ifAdminStatus=\"up\",ifSpeed=100000000i");
        Assert.That(Firing(), Is.EqualTo(new[] { "warning if.speed.snmp e1 of a is slower than before: 100000000 bit/s now" }));

        await MinutesAsync(18, 1, "interface,host=a,ifName=e1 ifOperStatus=\"up\",ifAdminStatus=\"up\",ifSpeed=1000000000i");

        Assert.That(Firing(), Is.Empty);
    }

    [Test]
    public async Task A_routing_neighbour_that_is_lost_is_told_after_two_minutes()
    {
        await MinutesAsync(0, 3,
            "bgp_peer,host=a,peer=10.0.0.1 state=\"active\",admin_status=\"start\",remote_as=65001i",
            "bgp_peer,host=a,peer=10.0.0.2 state=\"idle\",admin_status=\"stop\",remote_as=65001i",
            "ospf_neighbor,host=a,neighbor=10.0.0.3 state=\"exchangeStart\"",
            "ospf_neighbor,host=a,neighbor=10.0.0.4 state=\"twoWay\"");

        Assert.That(Firing(), Is.EquivalentTo(new[]
        {
            "critical bgp.peer BGP peer 10.0.0.1 of a (AS 65001) is active", "critical ospf.nbr OSPF neighbour 10.0.0.3 of a is exchangeStart",
        }));
    }

    [Test]
    public async Task A_UPS_on_battery_is_a_warning_and_critical_when_the_battery_is_near_its_end()
    {
        await MinutesAsync(0, 2, "ups,host=u on_battery=1i,seconds_on_battery=10i,charge_percent=99.0,minutes_remaining=40.0");
        Assert.That(Firing(), Is.Empty);
        await MinutesAsync(2, 2, "ups,host=u on_battery=1i,seconds_on_battery=130i,charge_percent=90.0,minutes_remaining=30.0");
        Assert.That(Firing(), Is.EqualTo(new[] { "warning ups.battery u runs on battery: 90.0 %, 30 minutes left" }));
        await MinutesAsync(4, 1, "ups,host=u on_battery=1i,seconds_on_battery=900i,charge_percent=45.0,minutes_remaining=9.0");
        Assert.That(Firing(), Is.EqualTo(new[] { "critical ups.battery u runs on battery: 45.0 %, 9 minutes left" }));

        await MinutesAsync(5, 2, "ups,host=u on_battery=0i,seconds_on_battery=0i,charge_percent=60.0,minutes_remaining=14.0");

        Assert.That(Firing(), Is.Empty);
    }

    /// <summary>A server whose eth0 is seen by agent and poll, another port of it that only the poll sees, and a switch that has no agent.</summary>
    private static string[] Ports(string up, string status) =>
    [
        $"net,host=srv,interface=eth0 oper_up={up},admin_up=1i",
        $"interface,host=srv,ifName=eth0 ifOperStatus=\"{status}\",ifAdminStatus=\"up\"",
        $"interface,host=srv,ifName=ilo ifOperStatus=\"{status}\",ifAdminStatus=\"up\"",
        $"interface,host=sw,ifName=eth0 ifOperStatus=\"{status}\",ifAdminStatus=\"up\"",
    ];

    private async Task MinutesAsync(int first, int count, params string[] lines)
    {
        for (var minute = first; minute < first + count; minute++)
        {
            await _stage.WriteAsync([.. lines.Select(line => $"{line} {At(_stage, (minute - 30) * 60)}")]);
        }
    }

    private List<string> Firing() =>
        [.. _stage.Alerts.List(new AlertFilter()).Select(alert => $"{AlertTables.Word(alert.Severity)} {alert.Rule} {alert.Summary}")];
}
