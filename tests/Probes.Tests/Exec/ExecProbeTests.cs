using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using NocMonitor.LineProtocol;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Exec;

[Platform(Exclude = "Win")]
public class ExecProbeTests
{
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
    public async Task A_plugin_becomes_its_state_and_a_point_for_each_item(CancellationToken token)
    {
        var points = await ShellAsync("echo \"LOAD OK - fine | load1=0.5;5;@9:;0; 'used %'=U%;80:90\"; echo more; echo \"and more | x=1s\"", token);

        Assert.That(points.All.Select(Line), Is.EqualTo(new[]
        {
            """nagios_state,check=demo state=0i,service_output="LOAD OK - fine",result_code=0i,long_service_output="more\nand more",exit_code=0i,duration_ms=0""",
            """nagios,check=demo,perfdata=load1 value=0.5,warning_lt=0,warning_gt=5,critical_le=9,min=0,state=0i""",
            """nagios,check=demo,perfdata=used\ %,unit=% unknown=true,warning_lt=80,warning_gt=90,state=3i""",
            """nagios,check=demo,perfdata=x,unit=s value=1""",
        }));
        Assert.That(points.All.Select(point => point.Timestamp).Distinct(), Is.EqualTo(new long?[] { UnixNanoseconds.From(_time.GetUtcNow()) }));
    }

    [TestCase(0, 0, 0, null)]
    [TestCase(1, 1, 4, "words")]
    [TestCase(2, 2, 4, "words")]
    [TestCase(3, 3, 6, "words")]
    [TestCase(4, 3, 6, "exit code 4 is none of 0 to 3")]
    [TestCase(126, 3, 6, "exit code 126: the plugin, or a program it calls, is not executable")]
    [TestCase(127, 3, 6, "exit code 127: the plugin, or a program it calls, is missing")]
    [TestCase(255, 3, 6, "exit code 255 is none of 0 to 3")]
    [CancelAfter(20_000)]
    public async Task The_exit_code_is_the_state(int code, int state, int result, string? error, CancellationToken token)
    {
        var point = (await ShellAsync($"echo words; exit {code}", token)).Single();

        Assert.That(Fields(point, "state", "exit_code", "result_code"), Is.EqualTo($"{state} {code} {result}"));
        Assert.That(point.FindField("error")?.Text, Is.EqualTo(error));
    }

    [Test]
    [CancelAfter(20_000)]
    public async Task A_plugin_ended_by_a_signal_is_unknown(CancellationToken token)
    {
        var point = (await ShellAsync("kill -9 $$", token)).Single();

        Assert.That(Fields(point, "state", "error"), Is.EqualTo("3 ended by signal 9"));
    }

    [Test]
    [CancelAfter(20_000)]
    public async Task A_program_that_is_not_there_is_unknown_with_the_reason(CancellationToken token)
    {
        var bare = (await RoundAsync("""{ "Command": "check_no_such" }""", token)).Single();
        var full = (await RoundAsync("""{ "Command": "/no/such/check" }""", token)).Single();
        var folder = (await RoundAsync("""{ "Command": "/tmp" }""", token)).Single();

        Assert.That(Fields(bare, "state", "result_code", "error"), Is.EqualTo("3 6 cannot be started: no program check_no_such in PATH or the folders of plugins"));
        Assert.That(Fields(full, "state", "result_code"), Is.EqualTo("3 6"));
        Assert.That(full.FindField("error")!.Value.Text, Does.StartWith("cannot be started: "));
        Assert.That(Fields(folder, "state", "result_code"), Is.EqualTo("3 6"));
    }

    [Test]
    [CancelAfter(20_000)]
    public async Task Nothing_on_the_output_shows_what_stands_on_the_error_output(CancellationToken token)
    {
        var said = (await ShellAsync("echo boom >&2; exit 2", token)).Single();
        var silent = (await ShellAsync("exit 2", token)).Single();

        Assert.That(Fields(said, "service_output", "error"), Is.EqualTo("boom boom"));
        Assert.That(Fields(silent, "service_output"), Is.EqualTo("(no output)"));
    }

    [Test]
    [CancelAfter(20_000)]
    public async Task Arguments_reach_the_plugin_as_they_are_and_no_shell_sees_them(CancellationToken token)
    {
        var options = new { Command = "/bin/echo", Args = new[] { "$HOME", "a  b", "`id`", "*", "'", "\"" } };

        var point = (await RoundAsync(JsonSerializer.Serialize(options), token)).Single();

        Assert.That(point.FindField("service_output")!.Value.Text, Is.EqualTo("$HOME a  b `id` * ' \""));
    }

    [Test]
    [CancelAfter(20_000)]
    public async Task The_environment_holds_what_is_allowed_and_nothing_of_the_agents_own(CancellationToken token)
    {
        Environment.SetEnvironmentVariable("NOC_TEST_SECRET", "hunter2");
        Environment.SetEnvironmentVariable("NOC_TEST_PASSED", "yes");

        var points = await RoundAsync("""
            { "Command": "/usr/bin/env", "Environment": { "OURS": "1", "LC_ALL": "C.UTF-8" }, "PassEnvironment": [ "NOC_TEST_PASSED" ] }
            """, token);

        var output = points.All[0].FindField("service_output")!.Value.Text + "\n" + points.All[0].FindField("long_service_output")?.Text;
        var names = output.Split('\n').Select(line => line.Split('=')[0]).Except(["PATH", "HOME", "USER", "LOGNAME", "TZ", "TMPDIR"]);
        Assert.That(names, Is.EquivalentTo(new[] { "LC_ALL", "NOC_TEST_PASSED", "OURS", "NOCMONITOR_RUN" }));
        Assert.That(output, Does.Contain("LC_ALL=C.UTF-8"));
    }

    [Test]
    [CancelAfter(20_000)]
    public async Task Input_is_empty_rather_than_waited_for(CancellationToken token)
    {
        var point = (await RoundAsync("""{ "Command": "/bin/cat" }""", token)).Single();

        Assert.That(Fields(point, "state", "service_output"), Is.EqualTo("0 (no output)"));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Output_beyond_the_limit_is_read_and_thrown_away_and_no_value_is_cut(CancellationToken token)
    {
        var points = await ShellAsync("printf 'OK | '; i=0; while [ $i -lt 50000 ]; do printf \"value$i=123456789 \"; i=$((i+1)); done", token, """ "OutputLimit": "1000B" """);

        Assert.That(Fields(points.All[0], "state", "output_truncated"), Is.EqualTo("0 true"));
        Assert.That(points.All, Has.Count.GreaterThan(30));
        Assert.That(points.All.Skip(1).Select(point => point.FindField("value")!.Value.Float), Is.All.EqualTo(123456789));
    }

    [TestCase("Critical", 2)]
    [TestCase("Unknown", 3)]
    [CancelAfter(20_000)]
    public async Task A_plugin_that_does_not_end_is_killed_with_all_it_started(string onTimeout, int state, CancellationToken token)
    {
        // A child, a child whose parent has ended, and one in a session of its own, each with the pipe open.
        var pids = _folder.File("pids");
        var script = $"sleep 300 & echo $! >> {pids}; (sleep 300 & echo $! >> {pids}) ; setsid sh -c 'echo $$ >> {pids}; exec sleep 300' & echo $$ >> {pids}; "
            + $"while [ $(wc -l < {pids}) -lt 4 ]; do sleep 0.01; done; echo partial; echo > {_folder.File("ready")}; sleep 300";
        var points = new RecordedPoints();
        var round = Shell(script, $""" "Timeout": "30s", "OnTimeout": "{onTimeout}" """).ProbeAsync(points, token).AsTask();
        await FileAppearsAsync(_folder.File("ready"), token);

        _time.Advance(TimeSpan.FromSeconds(30));
        await round;

        Assert.That(Fields(points.Single(), "state", "result_code", "service_output", "error"),
            Is.EqualTo($"{state} 2 partial did not end within 30s and was killed"));
        foreach (var pid in await File.ReadAllLinesAsync(pids, token))
        {
            Assert.That(IsRunning(pid), Is.False, $"process {pid}");
        }
    }

    [Test]
    [CancelAfter(20_000)]
    public async Task A_grandchild_that_keeps_the_pipe_open_does_not_hold_up_the_result(CancellationToken token)
    {
        var script = $"sleep 300 & echo $! > {_folder.File("pid")}; echo OK";
        var points = new RecordedPoints();
        var round = Shell(script).ProbeAsync(points, token).AsTask();

        // The first timer is the time limit, the second the grace that begins when the plugin has ended.
        await _time.TimerSetAsync(token);
        await _time.TimerSetAsync(token);
        _time.Advance(TimeSpan.FromSeconds(1));
        await round;

        var pid = (await File.ReadAllTextAsync(_folder.File("pid"), token)).Trim();
        Assert.That(Fields(points.Single(), "state", "service_output"), Is.EqualTo("0 OK"));
        Assert.That(IsRunning(pid), Is.True, "programs may leave a daemon behind");
        System.Diagnostics.Process.GetProcessById(int.Parse(pid, System.Globalization.CultureInfo.InvariantCulture)).Kill();
    }

    [Test]
    [CancelAfter(20_000)]
    public async Task Shutdown_kills_the_plugin(CancellationToken token)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        var round = Shell($"echo $$ > {_folder.File("pid")}.new; mv {_folder.File("pid")}.new {_folder.File("pid")}; sleep 300").ProbeAsync(new RecordedPoints(), stop.Token).AsTask();
        await FileAppearsAsync(_folder.File("pid"), token);

        await stop.CancelAsync();

        Assert.That(async () => await round, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(IsRunning((await File.ReadAllTextAsync(_folder.File("pid"), token)).Trim()), Is.False);
    }

    [TestCase("""{ }""", "Command: is required")]
    [TestCase("""{ "Command": "check load" }""", "")]
    [TestCase("""{ "Command": "plugins/check_load" }""", "Command: 'plugins/check_load' is neither a full path nor a bare name")]
    [TestCase("""{ "Command": "/x/y.BAT" }""", "Command: '/x/y.BAT' is a batch file, which only a shell can run; name cmd.exe yourself if its arguments are safe for it")]
    [TestCase("""{ "Command": "/x", "WorkingDirectory": "y" }""", "WorkingDirectory: 'y' is not a full path")]
    public void Configurations_are_checked(string options, string error) =>
        Assert.That(string.Join("; ", ConfiguredProbe.Errors("exec", options)), Is.EqualTo(error));

    [Test]
    [CancelAfter(30_000)]
    public async Task Debian_check_dummy(CancellationToken token)
    {
        var plugin = Prerequisite.Program("check_dummy", "monitoring-plugins-basic");

        var point = (await RoundAsync(JsonSerializer.Serialize(new { Command = plugin, Args = new[] { "2", "as told" } }), token)).Single();

        Assert.That(point.FindTag("check"), Is.EqualTo("check_dummy"));
        Assert.That(Fields(point, "state", "result_code", "error"), Is.EqualTo("2 4 CRITICAL: as told"));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Debian_check_load(CancellationToken token)
    {
        Prerequisite.Program("check_load", "monitoring-plugins-basic");

        var points = await RoundAsync("""{ "Command": "check_load", "Args": [ "-w", "900,800,700", "-c", "990,980,970" ] }""", token);

        Assert.That(Fields(points.All[0], "state", "result_code"), Is.EqualTo("0 0"));
        Assert.That(points.All.Skip(1).Select(point => $"{point.FindTag("perfdata")} {Fields(point, "warning_gt", "critical_gt", "min", "state")}"),
            Is.EqualTo(new[] { "load1 900 990 0 0", "load5 800 980 0 0", "load15 700 970 0 0" }));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Debian_check_disk(CancellationToken token)
    {
        Prerequisite.Program("check_disk", "monitoring-plugins-basic");

        var points = await RoundAsync("""{ "Command": "check_disk", "Args": [ "-w", "1", "-c", "0", "-p", "/" ] }""", token);

        Assert.That(points.All[0].FindField("service_output")!.Value.Text, Does.StartWith("DISK "));
        var item = points.All.Skip(1).Single();
        Assert.That((item.FindTag("perfdata"), item.FindField("value")!.Value.Float > 0, item.FindField("max")!.Value.Float > 0), Is.EqualTo(("/", true, true)));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Debian_check_http_against_a_server(CancellationToken token)
    {
        Prerequisite.Program("check_http", "monitoring-plugins-basic");
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var serving = ServeOnceAsync(server, "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\nConnection: close\r\n\r\ngone", token);
        var port = ((IPEndPoint)server.LocalEndpoint).Port;

        var points = await RoundAsync($$"""{ "Command": "check_http", "Args": [ "-I", "127.0.0.1", "-p", "{{port}}" ] }""", token);

        await serving;
        Assert.That(Fields(points.All[0], "state", "result_code"), Is.EqualTo("2 4"));
        Assert.That(points.All[0].FindField("error")!.Value.Text, Does.Contain("503 Service Unavailable"));
        Assert.That(points.All.Skip(1).Select(point => $"{point.FindTag("perfdata")} {point.FindTag("unit")}"), Is.EqualTo(new[] { "time s", "size B" }));
    }

    private static async Task ServeOnceAsync(TcpListener server, string answer, CancellationToken token)
    {
        using var client = await server.AcceptTcpClientAsync(token);
        using var request = new StreamReader(client.GetStream(), leaveOpen: true);
        while (await request.ReadLineAsync(token) is { Length: > 0 })
        {
        }

        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer), token);
    }

    private Task<RecordedPoints> ShellAsync(string script, CancellationToken token, string more = "") => RoundAsync(Shell(script, more), token);

    private IProbe Shell(string script, string more = "") => Create(
        $$"""{ "Check": "demo", "Command": "/bin/sh", "Args": {{JsonSerializer.Serialize(new[] { "-c", script })}}{{(more.Length > 0 ? "," : "")}} {{more}} }""");

    private IProbe Create(string options) => ConfiguredProbe.Create("exec", options, ConfiguredProbe.Context(_time));

    private Task<RecordedPoints> RoundAsync(string options, CancellationToken token) => RoundAsync(Create(options), token);

    private static async Task<RecordedPoints> RoundAsync(IProbe probe, CancellationToken token)
    {
        var points = new RecordedPoints();
        await probe.ProbeAsync(points, token);
        return points;
    }

    private static async Task FileAppearsAsync(string path, CancellationToken token)
    {
        while (!File.Exists(path))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, token);
        }
    }

    /// <summary>A killed child that nobody has reaped yet still has its folder in /proc, as a zombie.</summary>
    private static bool IsRunning(string pid)
    {
        try
        {
            return !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string Line(Point point)
    {
        var line = point.ToString();
        return line[..line.LastIndexOf(' ')];
    }

    private static string Fields(Point point, params string[] names) =>
        string.Join(' ', names.Select(name => point.FindField(name)?.ToString() ?? "-"));
}
