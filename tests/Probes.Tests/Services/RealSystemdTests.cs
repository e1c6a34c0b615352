using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json;
using NocMonitor.LineProtocol;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Services;

/// <summary>
/// Against a real systemd: a user's instance with a few units of our own, in namespaces of its own so that it neither needs nor disturbs the machine's.
/// </summary>
[Platform(Exclude = "Win")]
[UnsupportedOSPlatform("windows")]
public class RealSystemdTests
{
    private TemporaryFolder _folder = null!;
    private Process _namespaces = null!;

    [SetUp]
    public void StartSystemd()
    {
        var systemd = Prerequisite.Program("systemd", "systemd");
        Prerequisite.Program("nsenter", "util-linux");
        if (Environment.UserName != "root")
        {
            Assert.Ignore("only root makes namespaces");
        }

        _folder = new TemporaryFolder();
        var units = Directory.CreateDirectory(_folder.File("units"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        var runtime = Directory.CreateDirectory(_folder.File("run"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        _folder.Write("units/basic.target", "[Unit]\nWants=sleeper.service once.service crash.service\n");
        _folder.Write("units/sleeper.service", "[Service]\nExecStart=/bin/sleep 600\n");
        _folder.Write("units/once.service", "[Service]\nType=oneshot\nExecStart=/bin/true\n");
        _folder.Write("units/crash.service", "[Unit]\nStartLimitBurst=3\n[Service]\nExecStart=/bin/false\nRestart=always\nRestartSec=20ms\n");

        // systemd runs as user's instance only where it is not process 1, so the shell stays.
        var script = "mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/system && { $0 --user --unit=basic.target; exit $?; }";
        var start = new ProcessStartInfo("unshare", ["-m", "-p", "-f", "--mount-proc", "--kill-child", "sh", "-c", script, systemd])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_RUNTIME_DIR"] = runtime;
        start.Environment["SYSTEMD_UNIT_PATH"] = units;
        _namespaces = Process.Start(start)!;
        var asks = _folder.Write("systemctl", $"#!/bin/sh\nexport XDG_RUNTIME_DIR={runtime}\nexec nsenter -t $(cat /proc/{_namespaces.Id}/task/{_namespaces.Id}/children) -m -p systemctl --user \"$@\"\n");
        File.SetUnixFileMode(asks, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [TearDown]
    public void StopSystemd()
    {
        _namespaces?.Kill();
        _namespaces?.WaitForExit();
        _namespaces?.Dispose();
        _folder?.Dispose();
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Units_by_name_and_by_pattern_are_told_as_systemd_sees_them(CancellationToken token)
    {
        var probe = ConfiguredProbe.Create("service", $$"""
            { "Services": [ "sleeper", "once", "nosuch", "cr[a-z]sh" ], "Systemctl": {{JsonSerializer.Serialize(_folder.File("systemctl"))}} }
            """, ConfiguredProbe.Context(TimeProvider.System));

        // The crashing service needs three attempts until systemd gives it up.
        IReadOnlyList<Point> points;
        do
        {
            if (_namespaces.HasExited)
            {
                Assert.Ignore($"no namespaces here: {await _namespaces.StandardError.ReadToEndAsync(token)}");
            }

            points = await RoundAsync(probe, token);
        }
        while (!points.Any(point => point.FindTag("name") == "crash.service" && point.FindField("active")?.Text == "failed"));

        var sleeper = points[0];
        Assert.That(points.Select(point => $"{point.FindTag("name")} {point.FindField("active")} {point.FindField("sub")} {point.FindField("result_code")}"), Is.EqualTo(new[]
        {
            "sleeper.service active running 0",
            "once.service inactive dead 0",
            "nosuch.service inactive dead 4",
            "crash.service failed failed 4",
        }));
        Assert.That(points[3].FindField("restarts")!.Value.Integer, Is.GreaterThanOrEqualTo(2));
        Assert.That(points[3].FindField("error")!.Value.Text, Is.EqualTo("failed (failed), last run: exit-code 1"));
        Assert.That(sleeper.FindField("pid")!.Value.Integer, Is.Positive);
        Assert.That(sleeper.FindField("state_age_seconds")!.Value.Float, Is.InRange(0, 60));
        Assert.That(UnixNanoseconds.ToTime(sleeper.FindField("active_enter_timestamp_us")!.Value.Integer * 1000),
            Is.EqualTo(TimeProvider.System.GetUtcNow()).Within(TimeSpan.FromMinutes(1)));
    }

    private static async Task<IReadOnlyList<Point>> RoundAsync(IProbe probe, CancellationToken token)
    {
        var points = new RecordedPoints();
        await probe.ProbeAsync(points, token);
        return points.All;
    }
}
