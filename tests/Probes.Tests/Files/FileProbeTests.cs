using System.Diagnostics;
using System.Text.Json;
using NocMonitor.LineProtocol;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Files;

public class FileProbeTests
{
    private ManualTimeProvider _time = null!;
    private ProbeContext _context = null!;
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        _time = new ManualTimeProvider();
        _context = ConfiguredProbe.Context(_time);
        _folder = new TemporaryFolder();
    }

    [TearDown]
    public async Task DeleteFolder()
    {
        await _context.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task A_file_reports_its_size_and_age(CancellationToken token)
    {
        Write("a.conf", bytes: 12, TimeSpan.FromMinutes(5));

        var point = await ProbeAsync(_folder.File("a.conf"), "{}", token);

        Assert.That(point.Measurement, Is.EqualTo("filestat"));
        Assert.That(point.FindTag("file"), Is.EqualTo(_folder.File("a.conf")));
        Assert.That(Fields(point, "exists", "size_bytes", "age_seconds", "result_code", "error"), Is.EqualTo("1 12 300 0 -"));
        Assert.That(point.FindField("modification_time")!.Value.Integer, Is.EqualTo(UnixNanoseconds.From(_time.GetUtcNow().AddMinutes(-5))));
        Assert.That(point.FindField("duration_ms"), Is.Not.Null);
    }

    [TestCase("Present", 4)]
    [TestCase("Absent", 0)]
    [TestCase("Either", 0)]
    [CancelAfter(10_000)]
    public async Task A_missing_file_is_judged_by_what_is_expected(string expect, int result, CancellationToken token)
    {
        var point = await ProbeAsync(_folder.File("none"), $$"""{ "Expect": "{{expect}}" }""", token);

        Assert.That(Fields(point, "exists", "result_code"), Is.EqualTo($"0 {result}"));
        Assert.That(point.FindField("error")?.Text, result == 0 ? Is.Null : Does.EndWith("none does not exist"));
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task A_file_that_must_not_be_there_is_told(CancellationToken token)
    {
        Write("core", 1, TimeSpan.Zero);

        var point = await ProbeAsync(_folder.File("core"), """{ "Expect": "Absent" }""", token);

        Assert.That(Fields(point, "exists", "result_code"), Is.EqualTo("1 4"));
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task A_fresh_and_large_backup_is_fine(CancellationToken token)
    {
        Write("old.bak", 5000, TimeSpan.FromHours(30));
        Write("new.bak", 3000, TimeSpan.FromHours(6));
        Write("readme.txt", 10, TimeSpan.Zero);

        var point = await ProbeAsync(_folder.File("*.bak"), """{ "MaxAge": "26h", "MinSize": "2KB" }""", token);

        Assert.That(point.Measurement, Is.EqualTo("filecount"));
        Assert.That((point.FindTag("directory"), point.FindTag("pattern")), Is.EqualTo((_folder.Path, "*.bak")));
        Assert.That(Fields(point, "count", "size_bytes", "newest_file", "newest_file_size_bytes", "newest_file_age_seconds", "oldest_file_age_seconds", "result_code"),
            Is.EqualTo("2 8000 new.bak 3000 21600 108000 0"));
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task A_backup_too_old_and_too_small_says_both(CancellationToken token)
    {
        Write("db.bak", 100, TimeSpan.FromHours(30));

        var point = await ProbeAsync(_folder.File("*.bak"), """{ "MaxAge": "26h", "MinSize": "1GB", "MinCount": 2 }""", token);

        Assert.That(point.FindField("result_code")!.Value.Integer, Is.EqualTo(ResultCode.Mismatch));
        Assert.That(point.FindField("error")!.Value.Text, Is.EqualTo(
            "newest match db.bak is 1d6h old, limit 1d2h; newest match db.bak has 100 bytes, at least 1000000000 expected; 1 matches, at least 2 expected"));
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task A_backup_still_being_written_is_not_judged_while_it_settles(CancellationToken token)
    {
        Write("monday.bak", 5000, TimeSpan.FromHours(20));
        Write("tuesday.bak", 10, TimeSpan.FromSeconds(5));

        var point = await ProbeAsync(_folder.File("*.bak"), """{ "MaxAge": "26h", "MinSize": "2KB", "SettleTime": "1m" }""", token);

        Assert.That(Fields(point, "count", "newest_file", "result_code"), Is.EqualTo("2 monday.bak 0"));
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task Nothing_that_matches_and_a_missing_folder_are_told_apart(CancellationToken token)
    {
        var nothing = await ProbeAsync(_folder.File("*.bak"), """{ "MaxAge": "26h" }""", token);
        var noFolder = await ProbeAsync(_folder.File("gone/*.bak"), """{ "MaxAge": "26h" }""", token);

        Assert.That(Fields(nothing, "count", "result_code", "error"), Is.EqualTo($"0 4 nothing matches {_folder.File("*.bak")}"));
        Assert.That(Fields(noFolder, "count", "result_code", "error"), Is.EqualTo($"0 4 the folder {_folder.File("gone")} does not exist"));
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task A_queue_that_does_not_drain_is_told_by_its_oldest_file(CancellationToken token)
    {
        Write("1.msg", 1, TimeSpan.FromHours(2));
        Write("2.msg", 1, TimeSpan.Zero);

        var point = await ProbeAsync(_folder.File("*.msg"), """{ "MaxOldestAge": "1h", "MaxCount": 1, "MaxTotalSize": "1B" }""", token);

        Assert.That(point.FindField("error")!.Value.Text,
            Is.EqualTo("oldest match 1.msg is 2h old, limit 1h; 2 matches, at most 1 expected; matches have 2 bytes together, at most 1 expected"));
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task Folders_below_count_when_asked_for_and_loops_of_links_end(CancellationToken token)
    {
        Directory.CreateDirectory(_folder.File("a/b"));
        Write("top.bak", 1, TimeSpan.FromHours(3));
        Write("a/b/deep.bak", 1, TimeSpan.FromHours(1));
        Directory.CreateSymbolicLink(_folder.File("a/b/loop"), _folder.Path);
        File.CreateSymbolicLink(_folder.File("latest.bak"), _folder.File("top.bak"));

        var flat = await ProbeAsync(_folder.File("*.bak"), "{}", token);
        var deep = await ProbeAsync(_folder.File("*.bak"), """{ "Recursive": true }""", token);

        Assert.That(Fields(flat, "count", "newest_file"), Is.EqualTo("1 top.bak"));
        Assert.That(Fields(deep, "count", "newest_file"), Is.EqualTo($"2 {Path.Combine("a", "b", "deep.bak")}"));
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task A_walk_that_meets_too_many_entries_fails_rather_than_counting_wrong(CancellationToken token)
    {
        for (var i = 0; i < 20; i++)
        {
            Write($"{i}.txt", 1, TimeSpan.Zero);
        }

        var point = await ProbeAsync(_folder.File("*.bak"), """{ "MaxEntries": 10 }""", token);

        Assert.That(Fields(point, "count", "result_code"), Is.EqualTo("- 6"));
        Assert.That(point.FindField("error")!.Value.Text, Does.StartWith("more than 10 entries below"));
    }

    [Test]
    [Platform(Exclude = "Win")]
    [CancelAfter(20_000)]
    public async Task A_folder_that_cannot_be_listed_is_reported_and_the_rest_counted(CancellationToken token)
    {
        // A path beyond PATH_MAX cannot be listed by anybody, root included. It is made by putting one deep tree at the end of another.
        Write("top.bak", 1, TimeSpan.Zero);
        var deep = Path.Combine([.. Enumerable.Repeat(new string('d', 250), 10)]);
        Directory.CreateDirectory(_folder.File(deep));
        using var other = new TemporaryFolder();
        Directory.CreateDirectory(other.File(deep));
        Directory.Move(other.File(new string('d', 250)), Path.Combine(_folder.File(deep), "end"));

        var point = await ProbeAsync(_folder.File("*.bak"), """{ "Recursive": true }""", token);

        Directory.Move(Path.Combine(_folder.File(deep), "end"), other.File("end"));
        Assert.That(Fields(point, "count", "unreadable_folders", "result_code"), Is.EqualTo("1 1 0"));
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task A_link_is_followed_to_its_file_and_a_broken_one_says_where_it_led(CancellationToken token)
    {
        Write("real", 7, TimeSpan.Zero);
        File.CreateSymbolicLink(_folder.File("good"), _folder.File("real"));
        File.CreateSymbolicLink(_folder.File("broken"), _folder.File("gone"));

        var good = await ProbeAsync(_folder.File("good"), "{}", token);
        var broken = await ProbeAsync(_folder.File("broken"), "{}", token);

        Assert.That(Fields(good, "exists", "size_bytes"), Is.EqualTo("1 7"));
        Assert.That(Fields(broken, "exists", "error"), Is.EqualTo($"0 {_folder.File("broken")} is a link to {_folder.File("gone")}, which does not exist"));
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task A_link_that_leads_to_itself_is_a_failure_in_words(CancellationToken token)
    {
        File.CreateSymbolicLink(_folder.File("self"), _folder.File("self"));

        var point = await ProbeAsync(_folder.File("self"), "{}", token);

        Assert.That(point.FindField("result_code")!.Value.Integer, Is.EqualTo(ResultCode.ProbeFailed));
        Assert.That(point.FindField("error")!.Value.Text, Is.Not.Empty);
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task A_changed_file_is_told_once(CancellationToken token)
    {
        var probe = Create(_folder.File("a.conf"), """{ "Checksum": true }""");
        Write("a.conf", 3, TimeSpan.FromHours(3));
        var first = await RoundAsync(probe, token);
        Write("a.conf", 4, TimeSpan.FromHours(2));
        var changed = await RoundAsync(probe, token);
        var calm = await RoundAsync(probe, token);

        Assert.That(first.FindField("checksum")!.Value.Text, Is.EqualTo("9834876dcfb05cb167a5c24953eba58c4ac89b1adf57f28f2f9d09af107ee8f0"));
        Assert.That(new[] { first, changed, calm }.Select(point => point.FindField("checksum_changed")!.Value.Boolean), Is.EqualTo(new[] { false, true, false }));
        Assert.That(changed.FindField("checksum"), Is.EqualTo(calm.FindField("checksum")));
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task A_file_touched_without_change_is_not_told_as_changed(CancellationToken token)
    {
        var probe = Create(_folder.File("a.conf"), """{ "Checksum": true }""");
        Write("a.conf", 3, TimeSpan.FromHours(3));
        await RoundAsync(probe, token);
        Write("a.conf", 3, TimeSpan.FromHours(2));

        var touched = await RoundAsync(probe, token);

        Assert.That(touched.FindField("checksum_changed")!.Value.Boolean, Is.False);
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task A_file_too_large_for_its_checksum_is_told(CancellationToken token)
    {
        Write("big", 100, TimeSpan.Zero);

        var point = await ProbeAsync(_folder.File("big"), """{ "Checksum": true, "ChecksumLimit": "64B" }""", token);

        Assert.That(Fields(point, "result_code", "error"), Is.EqualTo("6 no checksum: the file has 100 bytes, ChecksumLimit is 64"));
    }

    [Test]
    [Platform(Exclude = "Win")]
    [CancelAfter(20_000)]
    public async Task A_path_that_hangs_costs_its_time_limit_and_one_thread(CancellationToken token)
    {
        // Opening a named pipe blocks until somebody writes: to the reader, what a dead network file system looks like.
        Shell($"mkfifo '{_folder.File("pipe")}'");
        var probe = Create(_folder.File("pipe"), """{ "Checksum": true, "Timeout": "3s" }""");
        var reloaded = Create(_folder.File("pipe"), """{ "Checksum": true, "Timeout": "3s" }""");
        var points = new RecordedPoints();
        var round = probe.ProbeAsync(points, token).AsTask();
        await _time.TimerSetAsync(token);
        _time.Advance(TimeSpan.FromSeconds(3));
        await round;

        _time.Advance(TimeSpan.FromSeconds(57));
        await probe.ProbeAsync(points, token);
        await reloaded.ProbeAsync(points, token);

        Assert.That(points.All.Select(point => Fields(point, "result_code", "error")), Is.EqualTo(new[]
        {
            "2 the file system has not answered for 3s",
            "2 the file system has not answered for 1m",
            "2 the file system has not answered for 1m",
        }));
        await File.WriteAllTextAsync(_folder.File("pipe"), "awake", token);
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task A_time_of_writing_beyond_line_protocol_is_still_a_point(CancellationToken token)
    {
        Write("future", 1, -TimeSpan.FromDays(365 * 300));

        var point = await ProbeAsync(_folder.File("future"), "{}", token);

        Assert.That(point.FindField("result_code")!.Value.Integer, Is.Zero);
    }

    [Test]
    public void Errors_of_the_configuration_come_together()
    {
        var errors = ConfiguredProbe.Errors("file", """{ "Paths": [ "a.txt", "/tmp/*.x" ], "Checksum": true, "MaxAge": "soon" }""");

        Assert.That(errors, Is.EqualTo(new[]
        {
            "Paths: 'a.txt' is not a full path",
            "Checksum: '/tmp/*.x' is a pattern; a checksum needs a path without wildcards and without Recursive",
            "MaxAge: 'soon' is not a duration such as 10s, 5m or 1h30m",
        }));
    }

    private void Write(string name, int bytes, TimeSpan age)
    {
        File.WriteAllText(_folder.File(name), new string('a', bytes));
        File.SetLastWriteTimeUtc(_folder.File(name), (_time.GetUtcNow() - age).UtcDateTime);
    }

    private IProbe Create(string path, string options)
    {
        var json = $"{{ \"Paths\": {JsonSerializer.Serialize(path)}, {options.TrimStart('{', ' ')}";
        return ConfiguredProbe.Create("file", json, _context);
    }

    private async Task<Point> ProbeAsync(string path, string options, CancellationToken token) => await RoundAsync(Create(path, options), token);

    private static async Task<Point> RoundAsync(IProbe probe, CancellationToken token)
    {
        var points = new RecordedPoints();
        await probe.ProbeAsync(points, token);
        return points.Single();
    }

    private static string Fields(Point point, params string[] names) =>
        string.Join(' ', names.Select(name => point.FindField(name)?.ToString() ?? "-"));

    private static void Shell(string script)
    {
        using var shell = Process.Start("/bin/sh", ["-c", script]);
        shell.WaitForExit();
        Assert.That(shell.ExitCode, Is.Zero);
    }
}
