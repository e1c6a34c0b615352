using NocMonitor.LineProtocol;
using NocMonitor.Probes.Host;
using NocMonitor.Probes.Host.Disk;
using NocMonitor.Testing;

namespace NocMonitor.Probes.Tests.Host.Disk;

[Platform("Linux")]
public class DiskProbeTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private readonly ManualTimeProvider _time = new();

    [Test]
    public async Task A_point_says_space_and_files_as_df_counts_them()
    {
        using var host = Mounts("/ rw ext4 /dev/sda1 ro");
        using var probe = new DiskProbe(
            SomeDisk.Options(host.Root), _time, _ => new DiskSpace { Total = 1000, Free = 400, Available = 200, Inodes = 50, InodesFree = 40 });

        var point = (await PointList.OfRoundAsync(probe)).Single();

        Assert.That(point.ToString(), Is.EqualTo(
            "disk,path=/,device=sda1,fstype=ext4 read_only=1i,total=1000i,free=200i,used=600i,used_percent=75,"
            + "inodes_total=50i,inodes_free=40i,inodes_used=10i,inodes_used_percent=20,result_code=0i,response_time=0"));
    }

    [Test]
    public async Task A_file_system_without_a_limit_of_files_says_nothing_of_them()
    {
        using var host = Mounts("/ rw btrfs /dev/sda1 rw");
        using var probe = new DiskProbe(SomeDisk.Options(host.Root), _time, _ => new DiskSpace { Total = 1000, Free = 400, Available = 400 });

        var point = (await PointList.OfRoundAsync(probe)).Single();

        Assert.That((point.FindField("inodes_total"), point.FindField("read_only")), Is.EqualTo(((FieldValue?)null, (FieldValue?)FieldValue.Of(0L))));
    }

    [Test]
    public async Task A_file_system_without_any_space_is_an_interface_and_not_reported()
    {
        using var host = Mounts("/ rw newkernelfs none rw");
        using var probe = new DiskProbe(SomeDisk.Options(host.Root), _time, _ => new DiskSpace());

        Assert.That(await PointList.OfRoundAsync(probe), Is.Empty);
    }

    [Test]
    public async Task A_file_system_that_answers_with_an_error_is_a_failed_point()
    {
        using var host = Mounts("/mnt rw nfs4 srv:/export rw");
        using var probe = new DiskProbe(
            SomeDisk.Options(host.Root), _time, _ => new DiskSpace { Result = ResultCode.ConnectionFailed, Error = "Stale file handle" });

        var point = (await PointList.OfRoundAsync(probe)).Single();

        Assert.That(point.ToString(), Is.EqualTo(
            "disk,path=/mnt,device=srv:/export,fstype=nfs4 read_only=0i,result_code=1i,response_time=0,error=\"Stale file handle\""));
    }

    [Test]
    public async Task A_dead_file_system_holds_up_no_other()
    {
        using var disks = new BlockingDisks();
        disks.Kill("/dead");
        using var host = Mounts("/dead rw nfs4 srv:/a rw", "/ rw ext4 /dev/sda1 rw", "/data rw ext4 /dev/sdb1 rw");
        using var probe = new DiskProbe(SomeDisk.Options(host.Root), _time, disks.Read);

        var round = PointList.OfRoundAsync(probe);
        await disks.EnteredAsync();
        _time.Advance(Limit);
        var points = await round;

        Assert.That(Results(points), Is.EqualTo("/:0 /data:0 /dead:2"));
        Assert.That(points.Single(point => point.FindTag("path") == "/dead").FindField("error")?.Text, Is.EqualTo("no answer within 2s"));
    }

    [Test]
    public async Task A_file_system_that_still_hangs_is_reported_at_once_and_not_asked_again()
    {
        using var disks = new BlockingDisks();
        disks.Kill("/dead");
        using var host = Mounts("/dead rw nfs4 srv:/a rw", "/ rw ext4 /dev/sda1 rw");
        using var probe = new DiskProbe(SomeDisk.Options(host.Root), _time, disks.Read);
        var first = PointList.OfRoundAsync(probe);
        await disks.EnteredAsync();
        _time.Advance(Limit);
        await first;

        _time.Advance(TimeSpan.FromSeconds(8));
        var points = await PointList.OfRoundAsync(probe);

        Assert.That(Results(points), Is.EqualTo("/:0 /dead:2"));
        Assert.That((disks.Asked("/dead"), disks.Asked("/")), Is.EqualTo((1, 2)));
        Assert.That(points.Single(point => point.FindTag("path") == "/dead").FindField("error")?.Text, Does.StartWith("no answer for 10 s"));
    }

    [Test]
    public async Task A_file_system_that_comes_back_is_asked_again()
    {
        using var disks = new BlockingDisks();
        disks.Kill("/dead");
        using var host = Mounts("/dead rw nfs4 srv:/a rw");
        using var probe = new DiskProbe(SomeDisk.Options(host.Root), _time, disks.Read);
        var first = PointList.OfRoundAsync(probe);
        await disks.EnteredAsync();
        _time.Advance(Limit);
        await first;

        await disks.ReviveAsync("/dead");
        var points = await RoundUntilAskedAsync(probe);

        Assert.That(Results(points), Is.EqualTo("/dead:0"));
    }

    [Test]
    public async Task A_mount_over_a_dead_one_is_a_new_file_system()
    {
        using var disks = new BlockingDisks();
        disks.Kill("/data");
        using var host = Mounts("/data rw nfs4 srv:/a rw");
        using var probe = new DiskProbe(SomeDisk.Options(host.Root), _time, disks.Read);
        var first = PointList.OfRoundAsync(probe);
        await disks.EnteredAsync();
        _time.Advance(Limit);
        await first;

        host.Write("proc/1/mountinfo", "77 1 8:9 / /data rw - ext4 /dev/sdz1 rw\n");
        disks.Dispose();
        var points = await PointList.OfRoundAsync(probe);

        Assert.That(Results(points), Is.EqualTo("/data:0"));
    }

    [Test]
    public async Task The_number_of_stuck_threads_has_a_limit()
    {
        using var disks = new BlockingDisks();
        var paths = Enumerable.Range(10, 20).Select(number => $"/dead{number}").ToList();
        paths.ForEach(disks.Kill);
        using var host = Mounts([.. paths.Select(path => $"{path} rw nfs4 srv:{path} rw")]);
        using var probe = new DiskProbe(SomeDisk.Options(host.Root), _time, disks.Read);

        var points = await RoundOfDeadAsync(probe, disks);

        Assert.That(paths.Sum(disks.Asked), Is.EqualTo(16));
        Assert.That(points.Count(point => point.FindField("result_code")?.Integer == ResultCode.Timeout), Is.EqualTo(16));
        Assert.That(points.Count(point => point.FindField("result_code")?.Integer == ResultCode.ProbeFailed), Is.EqualTo(4));
    }

    [Test]
    public async Task A_round_that_is_cancelled_leaves_the_dead_one_behind()
    {
        using var disks = new BlockingDisks();
        disks.Kill("/dead");
        using var host = Mounts("/dead rw nfs4 srv:/a rw");
        using var probe = new DiskProbe(SomeDisk.Options(host.Root), _time, disks.Read);
        using var stop = new CancellationTokenSource();
        var first = probe.ProbeAsync(new PointList(), stop.Token).AsTask();
        await disks.EnteredAsync();

        await stop.CancelAsync();

        Assert.That(async () => await first, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Results(await PointList.OfRoundAsync(probe)), Is.EqualTo("/dead:2"));
        Assert.That(disks.Asked("/dead"), Is.EqualTo(1));
    }

    [Test]
    public async Task The_live_machine_agrees_with_df()
    {
        using var probe = new DiskProbe(SomeDisk.Options(new HostRoot(HostRoot.Default)), TimeProvider.System);

        var points = await PointList.OfRoundAsync(probe);

        var root = points.FirstOrDefault(point => point.FindTag("path") == "/")!;
        Assume.That(root, Is.Not.Null, "the root here is of a type that is left out by default");
        var drive = new DriveInfo("/");
        Assert.That(root.Number("total"), Is.EqualTo(drive.TotalSize));
        Assert.That(root.Number("free"), Is.EqualTo(drive.AvailableFreeSpace).Within(5).Percent);
        Assert.That(root.Number("used"), Is.EqualTo(drive.TotalSize - drive.TotalFreeSpace).Within(5).Percent);
        Assert.That(points.Select(point => point.FindTag("path")), Is.Unique);
    }

    // Dead ones stop one thread after the other; the clock may only move on when each is in its call.
    private async Task<IReadOnlyList<Point>> RoundOfDeadAsync(DiskProbe probe, BlockingDisks disks)
    {
        var round = PointList.OfRoundAsync(probe);
        for (var thread = 0; thread < 16; thread++)
        {
            await disks.EnteredAsync();
            _time.Advance(TimeSpan.FromMilliseconds(250));
        }

        _time.Advance(Limit);
        return await round;
    }

    // The thread that was stuck hands its mount back a moment after its call returned.
    private static async Task<IReadOnlyList<Point>> RoundUntilAskedAsync(DiskProbe probe)
    {
        while (true)
        {
            var points = await PointList.OfRoundAsync(probe);
            if (points.All(point => point.FindField("result_code")?.Integer == ResultCode.Success))
            {
                return points;
            }
        }
    }

    private static string Results(IReadOnlyList<Point> points) => string.Join(' ', points
        .Select(point => $"{point.FindTag("path")}:{point.FindField("result_code")}").Order(StringComparer.Ordinal));

    // Each as "path options type device super-options", all on the root if it is among them.
    private static HostFiles Mounts(params string[] mounts)
    {
        var parts = mounts.Select(mount => mount.Split(' ')).ToList();
        var root = parts.FindIndex(mount => mount[0] == "/");
        var lines = parts.Select((mount, index) =>
            $"{index + 10} {(index == root ? 1 : root + 10)} 8:{index} / {mount[0]} {mount[1]} - {mount[2]} {mount[3]} {mount[4]}\n");
        return new HostFiles().Write("proc/1/mountinfo", string.Concat(lines));
    }
}
