using System.Runtime.Versioning;
using System.Text.Json;
using NocMonitor.LineProtocol;
using NocMonitor.Probes.Services;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Services;

[Platform(Exclude = "Win")]
[UnsupportedOSPlatform("windows")]
public class ServiceProbeTests
{
    // As systemctl 252 prints it, for two units that are named and then for those of a pattern.
    private const string Recorded = """
        Type=simple
        MainPID=22
        Result=success
        NRestarts=0
        ExecMainStatus=0
        MemoryCurrent=180224
        Id=sleeper.service
        WantedBy=basic.target
        TriggeredBy=
        LoadState=loaded
        ActiveState=active
        SubState=running
        UnitFileState=disabled
        StateChangeTimestampMonotonic=3590000000
        ActiveEnterTimestampMonotonic=3590000000
        ConditionResult=yes

        Type=
        MainPID=0
        Result=success
        NRestarts=0
        ExecMainStatus=0
        MemoryCurrent=[not set]
        Id=nosuch.service
        WantedBy=
        TriggeredBy=
        LoadState=not-found
        ActiveState=inactive
        SubState=dead
        UnitFileState=
        StateChangeTimestampMonotonic=0
        ActiveEnterTimestampMonotonic=0
        ConditionResult=no

        Type=simple
        MainPID=22
        Result=success
        NRestarts=0
        ExecMainStatus=0
        MemoryCurrent=180224
        Id=sleeper.service
        WantedBy=basic.target
        TriggeredBy=
        LoadState=loaded
        ActiveState=active
        SubState=running
        UnitFileState=disabled
        StateChangeTimestampMonotonic=3590000000
        ActiveEnterTimestampMonotonic=3590000000
        ConditionResult=yes

        Type=simple
        MainPID=0
        Result=exit-code
        NRestarts=5
        ExecMainStatus=1
        MemoryCurrent=18446744073709551615
        Id=crash.service
        WantedBy=basic.target
        TriggeredBy=
        LoadState=loaded
        ActiveState=failed
        SubState=failed
        UnitFileState=enabled
        StateChangeTimestampMonotonic=3000000000
        ActiveEnterTimestampMonotonic=2999000000
        ConditionResult=yes

        Type=simple
        MainPID=0
        Result=success
        Id=cold.service
        LoadState=loaded
        ActiveState=inactive
        SubState=dead
        UnitFileState=disabled

        """;

    private ManualTimeProvider _time = null!;
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        _time = new ManualTimeProvider();
        _folder = new TemporaryFolder();
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    [CancelAfter(20_000)]
    public async Task Units_come_from_one_call_each_once_and_by_the_name_the_configuration_has(CancellationToken token)
    {
        var points = await RoundAsync(Recorded, """ "Services": [ "sleeper", "nosuch.service", "c*", "Automatic" ] """, token);

        Assert.That(points.All.Select(point => $"{point.FindTag("name")} {Fields(point, "load", "active", "sub", "load_code", "active_code", "sub_code", "result_code", "error")}"),
            Is.EqualTo(new[]
            {
                "sleeper.service loaded active running 0 0 0 0 -",
                "nosuch.service not-found inactive dead 2 2 1 4 no such unit",
                "crash.service loaded failed failed 0 3 12 4 failed (failed), last run: exit-code 1",
                "cold.service loaded inactive dead 0 2 1 4 inactive (dead)",
            }));
        Assert.That(await CallsAsync(token), Is.EqualTo(new[]
        {
            "show --no-pager --property=Id,LoadState,ActiveState,SubState,UnitFileState,Type,Result,ExecMainStatus,NRestarts,MainPID,MemoryCurrent,ConditionResult,"
            + "StateChangeTimestampMonotonic,ActiveEnterTimestampMonotonic,TriggeredBy,WantedBy -- sleeper.service nosuch.service c* *.service",
        }));
    }

    [Test]
    [CancelAfter(20_000)]
    public async Task A_unit_says_what_it_uses_and_since_when(CancellationToken token)
    {
        var points = await RoundAsync(Recorded, """ "Services": [ "sleeper", "nosuch", "crash*" ] """, token);

        var (running, missing, crashed) = (points.All[0], points.All[1], points.All[2]);
        Assert.That(Fields(running, "restarts", "mem_current", "pid", "uf_state", "exit_status"), Is.EqualTo("0 180224 22 disabled 0"));
        Assert.That(Fields(crashed, "restarts", "mem_current", "exit_status"), Is.EqualTo("5 - 1"));
        Assert.That(Fields(missing, "state_age_seconds", "active_enter_timestamp_us", "uf_state"), Is.EqualTo("- - -"));
        Assert.That(crashed.FindField("state_age_seconds")!.Value.Float - running.FindField("state_age_seconds")!.Value.Float, Is.EqualTo(590));
        Assert.That(running.FindField("active_enter_timestamp_us")!.Value.Integer - crashed.FindField("active_enter_timestamp_us")!.Value.Integer, Is.EqualTo(591_000_000));
    }

    [Test]
    [CancelAfter(20_000)]
    public async Task Automatic_is_what_is_enabled_less_what_is_excluded(CancellationToken token)
    {
        var automatic = await RoundAsync(Recorded, "", token);
        var excluded = await RoundAsync(Recorded, """ "Exclude": [ "crash" ] """, token);

        Assert.That(automatic.All.Select(point => point.FindTag("name")), Is.EqualTo(new[] { "crash.service" }));
        Assert.That(excluded.All, Is.Empty);
    }

    [Test]
    [CancelAfter(20_000)]
    public async Task A_machine_without_systemd_has_one_clear_reason(CancellationToken token)
    {
        var failing = await RoundAsync("echo 'System has not been booted' >&2; exit 1", """ "Services": [ "a", "b.timer" ] """, token, isScript: true);
        var missing = await ProbeAsync(""" "Systemctl": "no-such-systemctl" """, token);

        var reason = Directory.Exists("/run/systemd/system") ? "System has not been booted" : "systemd does not run this machine";
        Assert.That(failing.All.Select(point => $"{point.FindTag("name")} {Fields(point, "result_code", "error")}"), Is.EqualTo(new[] { $"a.service 6 {reason}", $"b.timer 6 {reason}" }));
        Assert.That(missing.Single().FindTag("name"), Is.EqualTo("Automatic"));
        Assert.That(Fields(missing.Single(), "result_code", "error"), Is.EqualTo("6 no program no-such-systemctl: this machine has no systemd"));
    }

    [Test]
    [CancelAfter(20_000)]
    public async Task A_systemd_that_does_not_answer_is_a_timeout(CancellationToken token)
    {
        var round = RoundAsync("sleep 300", """ "Services": [ "a" ], "Timeout": "5s" """, token, isScript: true);
        await _time.TimerSetAsync(token);
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.That(Fields((await round).Single(), "result_code", "error"), Is.EqualTo("2 systemd did not answer in time"));
    }

    [Test]
    public void No_prefix_of_an_answer_throws()
    {
        for (var length = 0; length < Recorded.Length; length++)
        {
            Assert.That(() => SystemdUnit.ParseAll(Recorded.AsSpan(0, length)), Throws.Nothing);
        }
    }

    [Test]
    [CancelAfter(20_000)]
    public async Task An_answer_that_ends_early_is_told_of_each_unit_it_leaves_out(CancellationToken token)
    {
        var points = await RoundAsync(Recorded[..Recorded.IndexOf("Type=\n", StringComparison.Ordinal)], """ "Services": [ "sleeper", "b" ] """, token);

        Assert.That(points.All.Select(point => $"{point.FindTag("name")} {Fields(point, "result_code", "error")}"),
            Is.EqualTo(new[] { "sleeper.service 0 -", "b.service 6 systemd said nothing of it" }));
    }

    [Test]
    [CancelAfter(20_000)]
    public async Task Without_systemd_a_pid_file_tells_of_a_service(CancellationToken token)
    {
        var running = _folder.Write("running.pid", $"{Environment.ProcessId}\n");
        var probe = ConfiguredProbe.Create("service", $$"""
            { "Services": [], "PidFiles": { "self": {{JsonSerializer.Serialize(running)}}, "gone": {{JsonSerializer.Serialize(_folder.File("gone.pid"))}} } }
            """, ConfiguredProbe.Context(TimeProvider.System));
        var points = new RecordedPoints();

        await probe.ProbeAsync(points, token);

        Assert.That(points.All.Select(point => $"{point.Measurement} {point.FindTag("name")} {Fields(point, "running", "result_code", "error")}"), Is.EqualTo(new[]
        {
            "sysv_services self 1 0 -",
            $"sysv_services gone 0 4 {_folder.File("gone.pid")} does not exist",
        }));
    }

    [TestCase(""" "Services": [ "--host=x" ] """, "Services: '--host=x' is not the name of a service")]
    [TestCase(""" "Services": [ "a b" ] """, "Services: 'a b' is not the name of a service")]
    [TestCase(""" "PidFiles": { "x": "y.pid" } """, "PidFiles: 'y.pid' of x is not a full path")]
    public void Configurations_are_checked(string options, string error) =>
        Assert.That(ConfiguredProbe.Errors("service", $"{{ {options} }}"), Is.EqualTo(new[] { error }));

    /// <summary>One round against a program in systemctl's place that notes how it was called and prints a text or runs a script.</summary>
    private async Task<RecordedPoints> RoundAsync(string output, string options, CancellationToken token, bool isScript = false)
    {
        _folder.Write("output", output);
        var program = _folder.Write("systemctl", $"#!/bin/sh\necho \"$*\" >> {_folder.File("calls")}\n{(isScript ? output : $"cat {_folder.File("output")}")}\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return await ProbeAsync($"{(options.Length > 0 ? $"{options}," : "")} \"Systemctl\": {JsonSerializer.Serialize(program)}", token);
    }

    private async Task<RecordedPoints> ProbeAsync(string options, CancellationToken token)
    {
        var points = new RecordedPoints();
        await ConfiguredProbe.Create("service", $"{{ {options} }}", ConfiguredProbe.Context(_time)).ProbeAsync(points, token);
        return points;
    }

    private async Task<string[]> CallsAsync(CancellationToken token) => await File.ReadAllLinesAsync(_folder.File("calls"), token);

    private static string Fields(Point point, params string[] names) =>
        string.Join(' ', names.Select(name => point.FindField(name)?.ToString() ?? "-"));
}
