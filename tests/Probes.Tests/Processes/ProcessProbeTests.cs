using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NocMonitor.LineProtocol;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Processes;

[Platform(Exclude = "Win")]
public class ProcessProbeTests
{
    private ManualTimeProvider _time = null!;
    private FakeProc _proc = null!;

    [SetUp]
    public void MakeMachine()
    {
        _time = new ManualTimeProvider();
        _proc = new FakeProc(uptimeSeconds: 1000);
    }

    [TearDown]
    public void DeleteMachine() => _proc.Dispose();

    [Test]
    [CancelAfter(10_000)]
    public async Task A_group_is_counted_and_summed(CancellationToken token)
    {
        _proc.SetProcess(10, "nginx", started: 100, userCpu: 1, systemCpu: 0.5, threads: 1, rssPages: 100, openFiles: 3);
        _proc.SetProcess(11, "nginx", started: 400, userCpu: 2, systemCpu: 1, threads: 4, rssPages: 300, openFiles: 2);
        _proc.SetProcess(12, "nginx-exporter");

        var points = await RoundAsync("""{ "Names": [ "nginx" ] }""", token);

        var use = points.All.Single(point => point.Measurement == "procstat");
        Assert.That(Tags(use), Is.EqualTo("process_name=nginx exe=nginx"));
        Assert.That(Fields(use, "cpu_usage", "cpu_time_user", "cpu_time_system", "num_threads", "num_fds", "age_seconds", "youngest_age_seconds"),
            Is.EqualTo("- 3 1.5 5 5 900 600"));
        Assert.That(use.FindField("memory_rss")!.Value.Integer, Is.EqualTo(400L * Environment.SystemPageSize));
        Assert.That(use.FindField("created_at")!.Value.Integer, Is.EqualTo(UnixNanoseconds.From(_time.GetUtcNow().AddSeconds(-900))));
        Assert.That(Fields(Lookup(points), "pid_count", "running", "zombies", "result_code", "error"), Is.EqualTo("2 2 0 0 -"));
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task Cpu_is_taken_between_rounds_and_ended_or_replaced_processes_do_not_spoil_it(CancellationToken token)
    {
        var probe = Create("""{ "Names": [ "java" ] }""");
        _proc.SetProcess(10, "java", started: 100, userCpu: 500);
        _proc.SetProcess(11, "java", started: 100, userCpu: 900);
        _proc.SetProcess(12, "java", started: 100, userCpu: 50);
        await RoundAsync(probe, token);

        // One works on, one ends, and one's id is taken by a new process that has used a second so far.
        _time.Advance(TimeSpan.FromSeconds(10));
        _proc.SetUptime(1010);
        _proc.SetProcess(10, "java", started: 100, userCpu: 503);
        _proc.RemoveProcess(11);
        _proc.SetProcess(12, "java", started: 1005, userCpu: 1);
        var second = await RoundAsync(probe, token);

        Assert.That(Fields(second.All[0], "cpu_usage", "cpu_time_user", "youngest_age_seconds"), Is.EqualTo("40 504 5"));
    }

    [TestCase(0, 1, 0, 4, "0 processes, at least 1 expected")]
    [TestCase(0, 0, 0, 0, null)]
    [TestCase(2, 3, 0, 4, "2 processes, at least 3 expected")]
    [TestCase(2, 1, 1, 4, "2 processes, at most 1 expected")]
    [TestCase(2, 1, 2, 0, null)]
    [CancelAfter(10_000)]
    public async Task The_count_is_held_against_its_limits(int running, int least, int most, int result, string? error, CancellationToken token)
    {
        for (var i = 0; i < running; i++)
        {
            _proc.SetProcess(10 + i, "worker");
        }

        var points = await RoundAsync($$"""{ "Groups": [ { "Executable": "worker", "MinCount": {{least}}, "MaxCount": {{most}} } ] }""", token);

        Assert.That(Fields(Lookup(points), "pid_count", "result_code"), Is.EqualTo($"{running} {result}"));
        Assert.That(Lookup(points).FindField("error")?.Text, Is.EqualTo(error));
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task Plain_names_patterns_and_units_are_groups_each(CancellationToken token)
    {
        _proc.SetProcess(10, "java", arguments: ["java", "kafka.Kafka"], cgroup: "0::/system.slice/kafka.service\n");

        var points = await RoundAsync("""{ "Names": [ "java" ], "Patterns": [ "kafka" ], "Units": [ "kafka" ] }""", token);

        Assert.That(points.All.Where(point => point.Measurement == "procstat_lookup").Select(point => $"{Tags(point)} {Fields(point, "pid_count")}"), Is.EqualTo(new[]
        {
            "process_name=java exe=java 1",
            "process_name=kafka pattern=kafka 1",
            "process_name=kafka systemd_unit=kafka.service 1",
        }));
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task A_zombie_does_not_run(CancellationToken token)
    {
        _proc.SetProcess(10, "worker", state: 'Z');

        var points = await RoundAsync("""{ "Names": [ "worker" ] }""", token);

        Assert.That(Fields(points.Single(), "pid_count", "zombies", "result_code"), Is.EqualTo("0 1 4"));
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task A_name_that_the_kernel_cut_is_completed_from_the_command_line(CancellationToken token)
    {
        _proc.SetProcess(10, "prometheus-node", arguments: ["/usr/bin/prometheus-node-exporter", "--web"]);
        _proc.SetProcess(11, "prometheus-node", arguments: ["/usr/bin/prometheus-node-other"]);

        var points = await RoundAsync("""{ "Names": [ "prometheus-node-exporter" ] }""", token);

        Assert.That(Lookup(points).FindField("pid_count")!.Value.Integer, Is.EqualTo(1));
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task A_pattern_is_matched_over_the_whole_command_line(CancellationToken token)
    {
        _proc.SetProcess(10, "java", arguments: ["/usr/bin/java", "-Xmx1g", "kafka.Kafka", "server.properties"]);
        _proc.SetProcess(11, "java", arguments: ["/usr/bin/java", "org.elasticsearch"]);
        _proc.SetProcess(12, "kworker/0:1");

        var kafka = await RoundAsync("""{ "Groups": [ { "Name": "kafka", "Executable": "java", "Pattern": "-Xmx1g kafka\\.Kafka" } ] }""", token);
        var kernel = await RoundAsync("""{ "Groups": [ { "Pattern": "^\\[kworker" } ] }""", token);

        Assert.That(Fields(Lookup(kafka), "pid_count"), Is.EqualTo("1"));
        Assert.That(Tags(Lookup(kafka)), Is.EqualTo(@"process_name=kafka exe=java pattern=-Xmx1g kafka\.Kafka"));
        Assert.That(Fields(Lookup(kernel), "pid_count"), Is.EqualTo("1"));
    }

    [TestCase("0::/system.slice/nginx.service\n", 1)]
    [TestCase("12:pids:/system.slice/nginx.service\n1:name=systemd:/system.slice/nginx.service/sub\n", 1)]
    [TestCase("0::/system.slice/nginx.service.d\n", 0)]
    [TestCase("0::/system.slice/not-nginx.service\n", 0)]
    [CancelAfter(10_000)]
    public async Task A_unit_is_found_by_its_control_group(string cgroup, int count, CancellationToken token)
    {
        _proc.SetProcess(10, "nginx", cgroup: cgroup);

        var points = await RoundAsync("""{ "Groups": [ { "Unit": "nginx" } ] }""", token);

        Assert.That(Lookup(points).FindField("pid_count")!.Value.Integer, Is.EqualTo(count));
        Assert.That(Tags(Lookup(points)), Is.EqualTo("process_name=nginx systemd_unit=nginx.service"));
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task A_pid_file_names_its_process_until_the_id_is_another_ones(CancellationToken token)
    {
        var file = _proc.File("web.pid");
        await File.WriteAllTextAsync(file, " 10\n", token);
        File.SetLastWriteTimeUtc(file, _time.GetUtcNow().AddSeconds(-890).UtcDateTime);
        var probe = Create($$"""{ "Groups": [ { "Name": "web", "PidFile": {{JsonSerializer.Serialize(file)}} } ] }""");
        _proc.SetProcess(10, "web", started: 100);
        var running = await RoundAsync(probe, token);

        _proc.SetProcess(10, "cron", started: 130);
        var reused = await RoundAsync(probe, token);
        _proc.RemoveProcess(10);
        var gone = await RoundAsync(probe, token);
        File.Delete(file);
        var missing = await RoundAsync(probe, token);

        Assert.That(Fields(Lookup(running), "pid_count", "result_code"), Is.EqualTo("1 0"));
        Assert.That(Fields(Lookup(reused), "pid_count", "result_code", "error"), Is.EqualTo($"0 4 process 10 of {file} is another one by now: cron"));
        Assert.That(Fields(Lookup(gone), "error"), Is.EqualTo($"process 10 of {file} is not running"));
        Assert.That(Fields(Lookup(missing), "error"), Is.EqualTo($"{file} does not exist"));
    }

    [TestCase("", "holds no process id")]
    [TestCase("abc", "holds no process id")]
    [TestCase("-4", "holds no process id")]
    [TestCase("10", "is another one by now: web")]
    [CancelAfter(10_000)]
    public async Task A_pid_file_is_not_believed_blindly(string content, string error, CancellationToken token)
    {
        // Written ten minutes before the process of that id started.
        var file = _proc.File("web.pid");
        await File.WriteAllTextAsync(file, content, token);
        File.SetLastWriteTimeUtc(file, _time.GetUtcNow().AddSeconds(-600).UtcDateTime);
        _proc.SetProcess(10, "web", started: 1000);

        var points = await RoundAsync($$"""{ "Groups": [ { "PidFile": {{JsonSerializer.Serialize(file)}} } ] }""", token);

        Assert.That(points.Single().FindField("error")!.Value.Text, Does.EndWith(error));
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task The_process_id_is_a_tag_only_when_asked_for(CancellationToken token)
    {
        _proc.SetProcess(10, "worker", threads: 3);
        _proc.SetProcess(11, "worker", threads: 4);

        var points = await RoundAsync("""{ "Groups": [ { "Executable": "wor*", "PerProcess": true } ] }""", token);

        Assert.That(points.All.Where(point => point.Measurement == "procstat").Select(point => $"{point.FindTag("pid")} {Fields(point, "num_threads")}"),
            Is.EquivalentTo(new[] { "10 3", "11 4" }));
    }

    [TestCase("(sd) S) x")]
    [TestCase("a) R 1 (b")]
    [CancelAfter(10_000)]
    public async Task A_name_made_to_confuse_is_read(string name, CancellationToken token)
    {
        _proc.SetProcess(10, name, threads: 7);

        var points = await RoundAsync($$"""{ "Groups": [ { "Executable": "{{name}}" } ] }""", token);

        Assert.That(Fields(points.All[0], "num_threads"), Is.EqualTo("7"));
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task Scraps_instead_of_files_are_passed_over(CancellationToken token)
    {
        _proc.SetProcess(10, "worker");
        var whole = await File.ReadAllTextAsync(_proc.File("proc/10/stat"), token);
        for (var length = 0; length < whole.Length; length++)
        {
            await File.WriteAllTextAsync(_proc.File("proc/10/stat"), whole[..length], token);

            Assert.That(async () => await RoundAsync("""{ "Names": [ "worker" ] }""", token), Throws.Nothing, whole[..length]);
        }
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task A_machine_without_proc_fails_in_words(CancellationToken token)
    {
        File.Delete(_proc.File("proc/uptime"));

        var points = await RoundAsync("""{ "Names": [ "a", "b" ] }""", token);

        Assert.That(points.All.Select(point => Fields(point, "result_code", "error")), Is.All.EqualTo($"6 {_proc.File("proc/uptime")} cannot be read"));
        Assert.That(points.All, Has.Count.EqualTo(2));
    }

    [Test]
    [CancelAfter(20_000)]
    public async Task A_real_process_is_found_with_what_it_uses(CancellationToken token)
    {
        using var child = Process.Start("/bin/sleep", "271");
        var probe = ConfiguredProbe.Create("process", """{ "Groups": [ { "Pattern": "^/bin/sleep 271$" } ] }""", ConfiguredProbe.Context(TimeProvider.System));

        await RoundAsync(probe, token);
        var points = await RoundAsync(probe, token);

        child.Kill();
        Assert.That(Fields(Lookup(points), "pid_count", "result_code"), Is.EqualTo("1 0"));
        Assert.That(points.All[0].FindField("memory_rss")!.Value.Integer, Is.GreaterThan(0));
        Assert.That(points.All[0].FindField("num_fds")!.Value.Integer, Is.GreaterThanOrEqualTo(3));
        Assert.That(points.All[0].FindField("age_seconds")!.Value.Float, Is.InRange(0, 20));
    }

    [Test]
    [CancelAfter(20_000)]
    public async Task The_agent_finds_itself_by_name_and_not_by_a_pattern_of_its_own_command_line(CancellationToken token)
    {
        var name = Process.GetCurrentProcess().ProcessName;

        var byName = await RoundAsync(ConfiguredProbe.Create("process", $$"""{ "Names": [ "{{name[..Math.Min(15, name.Length)]}}*" ] }""", ConfiguredProbe.Context(TimeProvider.System)), token);
        var byPattern = await RoundAsync(ConfiguredProbe.Create("process", """{ "Groups": [ { "Pattern": ".", "PerProcess": true } ] }""", ConfiguredProbe.Context(TimeProvider.System)), token);

        var own = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        Assert.That(Lookup(byName).FindField("pid_count")!.Value.Integer, Is.GreaterThanOrEqualTo(1));
        Assert.That(byPattern.All.Select(point => point.FindTag("pid")), Has.None.EqualTo(own).And.Some.EqualTo("1"));
    }

    [TestCase("""{ }""", "Groups: at least one of Names, Patterns, Units and Groups is required")]
    [TestCase("""{ "Patterns": [ "a", "(" ] }""", "Patterns: Invalid pattern '(' at offset 1. Not enough )'s.")]
    [TestCase("""{ "Groups": [ { "MinCount": 2 } ] }""", "Groups[0].Executable: one of Executable, Pattern, PidFile and Unit is required")]
    [TestCase("""{ "Groups": [ { "PidFile": "x.pid" } ] }""", "Groups[0].PidFile: 'x.pid' is not a full path")]
    public void Configurations_are_checked(string options, string error) =>
        Assert.That(ConfiguredProbe.Errors("process", options), Is.EqualTo(new[] { error }));

    [TestCase("(")]
    [TestCase("(?=x)")]
    public void A_bad_pattern_is_an_error_of_the_configuration(string pattern) =>
        Assert.That(ConfiguredProbe.Errors("process", $$"""{ "Groups": [ { "Pattern": "{{pattern}}" } ] }""").Single(), Does.StartWith("Groups[0].Pattern: "));

    private IProbe Create(string options) =>
        ConfiguredProbe.Create("process", $"{{ \"HostRoot\": {JsonSerializer.Serialize(_proc.Root)}, {options.TrimStart('{', ' ')}", ConfiguredProbe.Context(_time));

    private Task<RecordedPoints> RoundAsync(string options, CancellationToken token) => RoundAsync(Create(options), token);

    private static async Task<RecordedPoints> RoundAsync(IProbe probe, CancellationToken token)
    {
        var points = new RecordedPoints();
        await probe.ProbeAsync(points, token);
        return points;
    }

    private static Point Lookup(RecordedPoints points) => points.All.Single(point => point.Measurement == "procstat_lookup");

    private static string Tags(Point point) => string.Join(' ', point.Tags.Select(tag => $"{tag.Key}={tag.Value}"));

    private static string Fields(Point point, params string[] names) =>
        string.Join(' ', names.Select(name => point.FindField(name)?.ToString() ?? "-"));
}
