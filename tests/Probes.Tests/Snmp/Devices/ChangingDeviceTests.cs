using NocMonitor.LineProtocol;
using NocMonitor.Testing;
using NocMonitor.Testing.Snmp;

namespace NocMonitor.Probes.Tests.Snmp.Devices;

/// <summary>
/// A switch whose counters run by the test's clock, polled again and again by the real probe with the shipped profiles: what is stored is what the
/// device said, under names that outlive its numbering.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class ChangingDeviceTests
{
    private const string InOctets = "1.3.6.1.2.1.31.1.1.1.6";
    private const string InOctets32 = "1.3.6.1.2.1.2.2.1.10";
    private const string IfEntry = "1.3.6.1.2.1.2.2.1";

    private readonly ManualTimeProvider _deviceTime = new();
    private readonly SnmpSimulator _simulator;
    private readonly SimulatedDevice _switch;
    private readonly ProbeContext _context = ConfiguredProbe.Context();

    public ChangingDeviceTests()
    {
        _simulator = new SnmpSimulator(_deviceTime);
        _switch = _simulator.Add(Recording());
        _switch.RunUptime(TimeSpan.FromDays(3));
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _context.DisposeAsync();
        await _simulator.DisposeAsync();
    }

    [Test, CancelAfter(30_000)]
    public async Task Counters_and_uptime_rise_as_the_device_says(CancellationToken token)
    {
        _switch.RunCounters(InOctets, 1_000);
        var probe = Probe();

        var first = await RoundAsync(probe, token);
        _deviceTime.Advance(TimeSpan.FromSeconds(60));
        var second = await RoundAsync(probe, token);

        Assert.That(Number(second, "Gi1", "ifHCInOctets") - Number(first, "Gi1", "ifHCInOctets"), Is.EqualTo(60_000));
        Assert.That(Number(second, "Gi1", "sys_uptime") - Number(first, "Gi1", "sys_uptime"), Is.EqualTo(6_000));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_counter_that_wraps_is_stored_raw_at_both_widths(CancellationToken token)
    {
        _switch.Run($"{InOctets}.1", 10, ulong.MaxValue - 99);
        _switch.Remove($"{InOctets}.2");
        _switch.Run($"{InOctets32}.2", 10, uint.MaxValue - 99);
        var probe = Probe();

        var before = await RoundAsync(probe, token);
        _deviceTime.Advance(TimeSpan.FromSeconds(60));
        var after = await RoundAsync(probe, token);

        Assert.That(Field(before, "Gi1", "ifHCInOctets")?.Unsigned, Is.EqualTo(ulong.MaxValue - 99));
        Assert.That(Field(after, "Gi1", "ifHCInOctets")?.Unsigned, Is.EqualTo(500));
        Assert.That((Number(before, "Gi2", "ifInOctets"), Number(after, "Gi2", "ifInOctets")), Is.EqualTo((uint.MaxValue - 99L, 500L)));
        Assert.That(Field(before, "Gi2", "ifHCInOctets"), Is.Null);
    }

    [Test, CancelAfter(30_000)]
    public async Task After_a_restart_the_uptime_of_the_points_is_less_than_before(CancellationToken token)
    {
        _switch.RunCounters(InOctets, 1_000);
        var probe = Probe();

        var before = await RoundAsync(probe, token);
        _switch.Reboot();
        _deviceTime.Advance(TimeSpan.FromSeconds(5));
        var after = await RoundAsync(probe, token);

        Assert.That(Number(after, "Gi1", "sys_uptime"), Is.EqualTo(500).And.LessThan(Number(before, "Gi1", "sys_uptime")));
        Assert.That(Number(after, "Gi1", "ifHCInOctets"), Is.EqualTo(5_000));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_restart_in_the_middle_of_a_walk_makes_no_points_of_mixed_counters(CancellationToken token)
    {
        _switch.RunCounters(InOctets, 1_000);
        var probe = Probe();
        await RoundAsync(probe, token);
        DrainRequests();
        _switch.Slow(IfEntry, TimeSpan.FromSeconds(1));

        var points = new RecordedPoints();
        var round = probe.ProbeAsync(points, token).AsTask();
        await UntilAskedAsync(IfEntry, token);
        _switch.Reboot();
        _switch.Slow(IfEntry, TimeSpan.Zero);
        _deviceTime.Advance(TimeSpan.FromSeconds(1));
        await round;
        var next = await RoundAsync(probe, token);

        var own = points.All.Single(point => point.Measurement == "snmp");
        Assert.That(points.All.Where(point => point.Measurement == "interface"), Is.Empty);
        Assert.That(own.FindField("table_error")?.Text, Does.Contain("started again"));
        Assert.That(Number(next, "Gi1", "sys_uptime"), Is.EqualTo(100));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_device_that_is_away_is_a_point_with_the_reason_and_nothing_else(CancellationToken token)
    {
        var probe = Probe("\"Timeout\": \"50ms\", \"Retries\": 1");
        await RoundAsync(probe, token);
        _switch.Faults.Silent = true;

        var away = await RoundAsync(probe, token);
        _switch.Faults.Silent = false;
        var back = await RoundAsync(probe, token);

        Assert.That(away.Select(point => point.Measurement), Is.EqualTo(["snmp"]));
        Assert.That(away.Single().FindField("result_code")?.Integer, Is.EqualTo(ResultCode.Timeout));
        Assert.That(away.Single().FindField("error")?.Text, Is.Not.Empty);
        Assert.That(Field(back, "Gi1", "ifHCInOctets"), Is.Not.Null);
    }

    [Test, CancelAfter(30_000)]
    public async Task Renumbered_interfaces_keep_their_names_and_their_counters(CancellationToken token)
    {
        var probe = Probe();
        var before = await RoundAsync(probe, token);

        _switch.RenumberInterfaces(new Dictionary<uint, uint> { [1] = 3, [2] = 1, [3] = 2 });
        var after = await RoundAsync(probe, token);

        foreach (var name in new[] { "Gi1", "Gi2", "Gi3" })
        {
            Assert.That(Number(after, name, "ifHCInOctets"), Is.EqualTo(Number(before, name, "ifHCInOctets")));
            Assert.That(Field(after, name, "ifAlias"), Is.EqualTo(Field(before, name, "ifAlias")));
        }

        Assert.That((Number(after, "Gi1", "ifIndex"), Number(after, "Gi2", "ifIndex"), Number(after, "Gi3", "ifIndex")), Is.EqualTo((3L, 1L, 2L)));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_hole_in_one_row_leaves_the_other_fields_and_rows_alone(CancellationToken token)
    {
        _switch.Remove($"{IfEntry}.8.2");
        _switch.Remove($"{InOctets}.2");
        _switch.Remove($"{InOctets32}.2");
        var points = await RoundAsync(Probe(), token);

        Assert.That(Field(points, "Gi2", "ifOperStatus"), Is.Null);
        Assert.That(Field(points, "Gi2", "ifHCInOctets") ?? Field(points, "Gi2", "ifInOctets"), Is.Null);
        Assert.That(Field(points, "Gi2", "ifAdminStatus")?.Text, Is.EqualTo("up"));
        Assert.That(new[] { "Gi1", "Gi3", "Gi4" }.Select(name => Field(points, name, "ifOperStatus")?.Text), Is.All.EqualTo("up"));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_table_that_is_too_slow_costs_itself_only(CancellationToken token)
    {
        // Before all others in the tree, so that no walk of another table runs into it at its end.
        _switch.Set("1.0.8802.1.1.2.1.4.1.1.7.0.1.1|4|port", "1.0.8802.1.1.2.1.4.1.1.9.0.1.1|4|neighbour");
        _switch.Slow("1.0.8802", TimeSpan.FromHours(1));

        var points = await RoundAsync(Probe("\"Timeout\": \"100ms\", \"Retries\": 0, \"TableTimeout\": \"1s\""), token);

        Assert.That(points.Count(point => point.Measurement == "interface"), Is.EqualTo(4));
        Assert.That(points.Where(point => point.Measurement == "lldp_neighbor"), Is.Empty);
        Assert.That(points.Single(point => point.Measurement == "snmp").FindField("table_error")?.Text, Does.Contain("lldpRemTable"));
    }

    [Test, CancelAfter(30_000)]
    public async Task Interfaces_of_one_name_stay_apart(CancellationToken token)
    {
        _switch.Set("1.3.6.1.2.1.31.1.1.1.1.4|4|Gi3");

        var points = await RoundAsync(Probe(), token);

        Assert.That(Number(points, "Gi3", "ifIndex"), Is.EqualTo(3));
        Assert.That(Number(points, "Gi3 #4", "ifIndex"), Is.EqualTo(4));
    }

    private static SnmpRecording Recording()
    {
        var lines = new List<string> { "1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99999.1", "1.3.6.1.2.1.1.3.0|67|100" };
        for (var i = 1; i <= 4; i++)
        {
            lines.AddRange(
            [
                $"{IfEntry}.1.{i}|2|{i}", $"{IfEntry}.2.{i}|4|GigabitEthernet{i}", $"{IfEntry}.7.{i}|2|1", $"{IfEntry}.8.{i}|2|1", $"{InOctets32}.{i}|65|{i}00",
                $"1.3.6.1.2.1.31.1.1.1.1.{i}|4|Gi{i}", $"{InOctets}.{i}|70|{i}0000000000", $"1.3.6.1.2.1.31.1.1.1.18.{i}|4|to room {i}",
            ]);
        }

        return SnmpRecording.Parse(string.Join('\n', lines));
    }

    private static FieldValue? Field(IReadOnlyList<Point> points, string name, string field) =>
        points.Single(point => point.Measurement == "interface" && point.FindTag("ifName") == name).FindField(field);

    private static long Number(IReadOnlyList<Point> points, string name, string field) => Field(points, name, field)!.Value.Integer;

    private static async Task<IReadOnlyList<Point>> RoundAsync(IProbe probe, CancellationToken token)
    {
        var points = new RecordedPoints();
        await probe.ProbeAsync(points, token);
        return points.All;
    }

    private IProbe Probe(string more = "\"Retries\": 2") => ConfiguredProbe.Create("snmp", $$"""
        {
          "Credentials": { "site": { "Community": "public" } }, {{more}},
          "Targets": [ { "Name": "sw1", "Host": "{{_switch.EndPoint.Address}}", "Port": {{_switch.EndPoint.Port}} } ],
          "ProfileFolders": [ "{{Repository.Locate("profiles")}}" ]
        }
        """, _context);

    private void DrainRequests()
    {
        while (_switch.TakeRequest() is not null)
        {
        }
    }

    private async Task UntilAskedAsync(string under, CancellationToken token)
    {
        while (!(await _switch.NextRequestAsync(token)).Names.Any(name => name.StartsWith(under, StringComparison.Ordinal)))
        {
        }
    }
}
