using System.Runtime.Versioning;
using NocMonitor.EndToEnd.Tests.Stage;
using NocMonitor.Testing;

namespace NocMonitor.EndToEnd.Tests.Deploy;

/// <summary>The scripts below a folder, which leaves out systemd and the account: files, modes, upgrade and removal.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public class InstallScriptTests
{
    private const UnixFileMode OwnerAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TemporaryFolder _folder = new();

    private string Root => _folder.File("root");

    [SetUp]
    public void Publish()
    {
        if (Directory.Exists(_folder.File("from")))
        {
            Directory.Delete(_folder.File("from"), recursive: true);
        }

        Directory.CreateDirectory(_folder.File("from/collector/rules"));
        foreach (var part in new[] { "agent", "collector" })
        {
            Directory.CreateDirectory(_folder.File($"from/{part}"));
            var program = _folder.Write($"from/{part}/nocmonitor-{part}", "#!/bin/sh\nexit 0\n");
            File.SetUnixFileMode(program, OwnerAll);
            _folder.Write($"from/{part}/library.dll", part);
        }

        _folder.Write("from/collector/rules/cpu.json", "{}");
        if (Directory.Exists(Root))
        {
            Directory.Delete(Root, recursive: true);
        }
    }

    [OneTimeTearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public async Task Everything_is_where_the_units_look_for_it()
    {
        var (code, output) = await InstallAsync();

        Assert.That(code, Is.Zero, output);
        Assert.That(Files(), Is.EquivalentTo(new[]
        {
            "etc/nocmonitor/agent.json", "etc/nocmonitor/collector.json",
            "etc/systemd/system/nocmonitor-agent.service", "etc/systemd/system/nocmonitor-collector.service",
            "opt/nocmonitor/agent/library.dll", "opt/nocmonitor/agent/nocmonitor-agent",
            "opt/nocmonitor/collector/library.dll", "opt/nocmonitor/collector/nocmonitor-collector", "opt/nocmonitor/collector/rules/cpu.json",
            "opt/nocmonitor/doc/README.md",
        }));
        foreach (var part in new[] { "agent", "collector" })
        {
            var unit = File.ReadAllText(At($"etc/systemd/system/nocmonitor-{part}.service"));
            Assert.That(unit, Is.EqualTo(File.ReadAllText(Repository.Locate("deploy", "linux", $"nocmonitor-{part}.service"))));
            Assert.That(unit, Does.Contain($"ExecStart=/opt/nocmonitor/{part}/nocmonitor-{part} run --config /etc/nocmonitor/{part}.json"));
        }
    }

    [Test]
    public async Task The_configuration_is_not_for_everybody_and_the_units_are()
    {
        await InstallAsync();

        Assert.That(Octal("etc/nocmonitor"), Is.EqualTo("750"));
        Assert.That(Octal("etc/nocmonitor/agent.json"), Is.EqualTo("640"));
        Assert.That(Octal("etc/nocmonitor/collector.json"), Is.EqualTo("640"));
        Assert.That(Octal("etc/systemd/system/nocmonitor-agent.service"), Is.EqualTo("644"));
        Assert.That(File.GetUnixFileMode(At("opt/nocmonitor/agent/nocmonitor-agent")) & UnixFileMode.UserExecute, Is.Not.EqualTo(UnixFileMode.None));
    }

    [Test]
    public async Task One_part_alone_can_be_installed()
    {
        await InstallAsync("agent");

        Assert.That(Files(), Has.None.Contain("collector").And.Some.EqualTo("opt/nocmonitor/agent/nocmonitor-agent"));
    }

    [Test]
    public async Task An_upgrade_replaces_the_program_whole_and_keeps_the_configuration()
    {
        await InstallAsync();
        await File.WriteAllTextAsync(At("etc/nocmonitor/agent.json"), "mine");
        File.Delete(_folder.File("from/agent/library.dll"));
        _folder.Write("from/agent/newer.dll", "new");

        await InstallAsync();

        Assert.That(File.ReadAllText(At("etc/nocmonitor/agent.json")), Is.EqualTo("mine"));
        Assert.That(Files().Where(file => file.StartsWith("opt/nocmonitor/agent", StringComparison.Ordinal)),
            Is.EquivalentTo(new[] { "opt/nocmonitor/agent/newer.dll", "opt/nocmonitor/agent/nocmonitor-agent" }));
    }

    [Test]
    public async Task A_publish_without_the_program_is_one_clear_line_and_replaces_nothing()
    {
        await InstallAsync();
        File.Delete(_folder.File("from/agent/nocmonitor-agent"));

        var (code, output) = await InstallAsync("agent");

        Assert.That((code, output.TrimEnd()), Is.EqualTo((1, $"install: no program nocmonitor-agent in {_folder.File("from")}")));
        Assert.That(File.Exists(At("opt/nocmonitor/agent/nocmonitor-agent")), Is.True);
        Assert.That(Directory.Exists(At("opt/nocmonitor/agent.new")), Is.False);
    }

    [TestCase("install.sh")]
    [TestCase("uninstall.sh")]
    public async Task An_unknown_argument_changes_nothing(string script)
    {
        var (code, output) = await RunAsync(script, "--root", Root, "--colour");

        Assert.That((code, output), Is.EqualTo((1, $"{Path.GetFileNameWithoutExtension(script)}: unknown argument --colour; --help says all{Environment.NewLine}")));
        Assert.That(Directory.Exists(Root), Is.False);
    }

    [Test]
    public async Task Removal_leaves_configuration_and_data_and_a_purge_nothing()
    {
        await InstallAsync();
        Directory.CreateDirectory(At("var/lib/nocmonitor/agent"));
        await File.WriteAllTextAsync(At("var/lib/nocmonitor/agent/spool"), "points");

        var (code, output) = await RunAsync("uninstall.sh", "--root", Root);
        var left = Files();
        var (purged, _) = await RunAsync("uninstall.sh", "--root", Root, "--purge");

        Assert.That((code, purged), Is.EqualTo((0, 0)), output);
        Assert.That(left, Is.EquivalentTo(new[] { "etc/nocmonitor/agent.json", "etc/nocmonitor/collector.json", "var/lib/nocmonitor/agent/spool" }));
        Assert.That(Files(), Is.Empty);
    }

    private Task<(int Code, string Output)> InstallAsync(params string[] parts) =>
        RunAsync("install.sh", [.. parts, "--from", _folder.File("from"), "--root", Root]);

    private async Task<(int Code, string Output)> RunAsync(string script, params string[] arguments)
    {
        await using var program = RunningProgram.Start("/bin/bash", _folder.Path, [Repository.Locate("deploy", "linux", script), .. arguments]);
        var code = await program.ExitAsync(CancellationToken.None);
        return (code, program.Output);
    }

    private string At(string path) => Path.Combine(Root, path);

    private string Octal(string path) => Convert.ToString((int)File.GetUnixFileMode(At(path)), 8);

    private List<string> Files() => [.. Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Root, file))];
}
