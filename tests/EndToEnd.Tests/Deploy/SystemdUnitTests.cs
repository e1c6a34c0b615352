using NocMonitor.EndToEnd.Tests.Stage;
using NocMonitor.Testing;

namespace NocMonitor.EndToEnd.Tests.Deploy;

public class SystemdUnitTests
{
    [TestCase("nocmonitor-agent")]
    [TestCase("nocmonitor-collector")]
    public async Task Systemd_has_nothing_to_say_about_the_unit(string name)
    {
        var analyze = Prerequisite.Program("systemd-analyze", "systemd");
        using var folder = new TemporaryFolder();
        // The unit names installed programs; here a file that exists everywhere stands for them, everything else is as shipped.
        var shipped = await File.ReadAllTextAsync(Repository.Locate("deploy", "linux", $"{name}.service"));
        var unit = folder.Write($"{name}.service", shipped.Replace($"/opt/nocmonitor/{name.Split('-')[1]}/{name}", "/bin/true", StringComparison.Ordinal));

        await using var check = RunningProgram.Start(analyze, folder.Path, "verify", "--man=no", unit);
        var code = await check.ExitAsync(CancellationToken.None);

        // Unknown keys and bad values only print a warning and leave the exit code at 0.
        Assert.That((code, check.Output), Is.EqualTo((0, "")));
    }

    [TestCase("nocmonitor-agent", "CAP_NET_RAW CAP_NET_BIND_SERVICE")]
    [TestCase("nocmonitor-collector", "")]
    public async Task The_unit_asks_for_no_capability_beyond_what_it_needs(string name, string capabilities)
    {
        var lines = await File.ReadAllLinesAsync(Repository.Locate("deploy", "linux", $"{name}.service"));

        var bounding = lines.Single(line => line.StartsWith("CapabilityBoundingSet=", StringComparison.Ordinal));

        Assert.That(bounding, Is.EqualTo($"CapabilityBoundingSet={capabilities}"));
        Assert.That(lines, Does.Contain("NoNewPrivileges=true").And.Contain("ProtectSystem=strict"));
    }
}
