using System.Diagnostics;
using NocMonitor.Testing;

namespace NocMonitor.Agent.Tests.Delivery;

/// <summary>On a tmpfs of 256 KiB, which only root may mount.</summary>
public class SpoolFullDiskTests
{
    private TemporaryFolder _folder = null!;
    private string? _disk;
    private SpoolStage? _builtStage;

    [SetUp]
    public void Build()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
        {
            Prerequisite.Missing("a small disk of its own needs root on Linux");
        }

        _folder = new TemporaryFolder();
        _disk = Directory.CreateDirectory(_folder.File("disk")).FullName;
        if (Run("mount", "-t", "tmpfs", "-o", "size=256k", "nocmonitor-test", _disk) != 0)
        {
            Prerequisite.Missing("this machine allows no mount of a tmpfs");
        }

        _builtStage = new SpoolStage(new SpoolStageOptions(MaxBytes: 16 << 20), Path.Combine(_disk, "spool"));
    }

    [TearDown]
    public void Clear()
    {
        _builtStage?.Dispose();
        if (_disk is not null)
        {
            Run("umount", _disk);
            _folder.Dispose();
        }
    }

    [Test]
    public void A_full_disk_keeps_the_newest_points_in_memory_and_counts_what_memory_cannot_hold()
    {
        var appended = Fill(lines: 600);

        var delivered = Stage.DeliverAll();

        Assert.That(Stage.Log, Has.Exactly(1).Contains("DiskRefuses"));
        Assert.That(Stage.Counters.PointsDropped, Is.GreaterThan(0));
        Assert.That(delivered, Has.Count.EqualTo(appended - Stage.Counters.PointsDropped));
        Assert.That(delivered, Has.Some.EndsWith($" {appended - 1}"));
    }

    [Test]
    public void What_waits_in_memory_is_delivered_before_the_disk_takes_it_and_not_again_after()
    {
        Fill(lines: 400);
        Assert.That(Stage.Spool.Status().MemoryBytes, Is.GreaterThan(0));

        var first = Stage.Take();
        var newest = SpoolStage.Lines(first);
        Stage.Spool.Acknowledge(first);
        var rest = Stage.DeliverAll();

        Assert.That(newest, Has.Some.EndsWith(" 399"));
        Assert.That(rest, Has.None.EndsWith(" 399"));
    }

    [Test]
    public void The_spool_recovers_by_itself_when_there_is_room_again()
    {
        var ballast = Path.Combine(_disk!, "ballast");
        File.WriteAllBytes(ballast, new byte[200 << 10]);
        Fill(lines: 100);
        Assert.That(Stage.Spool.Status().DiskRefuses, Is.True);

        File.Delete(ballast);
        Stage.Append("after f=1 1000");

        Assert.That(Stage.Spool.Status().DiskRefuses, Is.False);
        Assert.That(Stage.Spool.Status().MemoryBytes, Is.Zero);
        Assert.That(Stage.DeliverAll(), Has.Count.EqualTo(101 - Stage.Counters.PointsDropped));
        Assert.That(Stage.Log, Has.Exactly(1).Contains("DiskTakes"));
    }

    [Test]
    public void After_a_restart_on_a_full_disk_what_was_written_is_whole()
    {
        Fill(lines: 600);
        Stage.Reopen();

        var delivered = Stage.DeliverAll();

        Assert.That(delivered, Is.Not.Empty);
        Assert.That(delivered, Has.All.Matches<string>(line => line!.StartsWith("a f=\"xx", StringComparison.Ordinal)));
    }

    private SpoolStage Stage => _builtStage!;

    private int Fill(int lines)
    {
        for (var i = 0; i < lines; i++)
        {
            Stage.Append($"a f=\"{new string('x', 1000)}\" {i}");
        }

        return lines;
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
