using System.Text;
using NocMonitor.Probes.Host.Disk;

namespace NocMonitor.Probes.Tests.Host.Disk;

public class MountTableTests
{
    [Test]
    public void Kernel_interfaces_and_memory_are_left_out()
    {
        var paths = Choose("""
            22 27 0:21 / /proc rw - proc proc rw
            23 27 0:22 / /sys rw - sysfs sysfs rw
            27 1 254:0 / / rw - ext4 /dev/vda rw
            28 27 0:30 / /run rw - tmpfs tmpfs rw
            29 27 0:31 / /net rw - autofs systemd-1 rw
            30 27 0:32 / /snap/x ro - squashfs /dev/loop0 ro
            """);

        Assert.That(paths, Is.EqualTo(new[] { "/" }));
    }

    [Test]
    public void A_mount_that_another_lies_on_is_left_out()
    {
        var paths = Choose("""
            27 1 8:1 / / rw - ext4 /dev/sda1 rw
            30 27 8:2 / /data rw - xfs /dev/sdb1 rw
            31 30 8:3 / /data rw - xfs /dev/sdc1 rw
            """);

        Assert.That(paths, Is.EqualTo(new[] { "/", "/data" }));
    }

    [Test]
    public void A_mount_under_a_folder_that_was_mounted_over_later_is_left_out()
    {
        var paths = Choose("""
            27 1 8:1 / / rw - ext4 /dev/sda1 rw
            30 27 8:2 / /srv/a rw - xfs /dev/sdb1 rw
            32 30 8:4 / /srv/a/deep rw - xfs /dev/sdd1 rw
            31 27 8:3 / /srv rw - xfs /dev/sdc1 rw
            """);

        Assert.That(paths, Is.EqualTo(new[] { "/", "/srv" }));
    }

    [Test]
    public void A_mount_below_one_that_another_lies_on_is_left_out()
    {
        var paths = Choose("""
            27 1 8:1 / / rw - ext4 /dev/sda1 rw
            30 27 8:2 / /data rw - xfs /dev/sdb1 rw
            31 30 8:3 / /data/in rw - xfs /dev/sdc1 rw
            32 30 8:4 / /data rw - xfs /dev/sdd1 rw
            """);

        Assert.That(paths, Is.EqualTo(new[] { "/", "/data" }));
    }

    [Test]
    public void The_first_root_of_a_machine_is_covered_by_the_real_one()
    {
        var paths = Choose("""
            1 1 0:2 / / rw - rootfs rootfs rw
            22 27 0:21 / /proc rw - proc proc rw
            27 1 8:1 / / rw - ext4 /dev/sda1 rw
            28 27 8:2 / /home rw - ext4 /dev/sda2 rw
            """);

        Assert.That(paths, Is.EqualTo(new[] { "/", "/home" }));
    }

    [Test]
    public void A_bind_mount_is_the_same_file_system_again()
    {
        const string table = """
            27 1 8:1 / / rw - ext4 /dev/sda1 rw
            30 27 8:1 /var/lib/x /srv/x rw - ext4 /dev/sda1 rw
            31 27 8:1 / /mnt rw - ext4 /dev/sda1 rw
            """;

        Assert.That(Choose(table), Is.EqualTo(new[] { "/" }));
        Assert.That(Choose(table, Some() with { BindMounts = true }), Is.EqualTo(new[] { "/", "/srv/x", "/mnt" }));
    }

    [Test]
    public void Of_the_files_that_a_container_is_given_one_stands_for_their_file_system()
    {
        var paths = Choose("""
            600 500 0:90 / / rw - overlay overlay rw
            610 600 8:1 /docker/c/resolv.conf /etc/resolv.conf rw - ext4 /dev/sda1 rw
            611 600 8:1 /docker/c/hostname /etc/hostname rw - ext4 /dev/sda1 rw
            612 600 8:1 /docker/c/hosts /etc/hosts rw - ext4 /dev/sda1 rw
            """);

        Assert.That(paths, Is.EqualTo(new[] { "/etc/hosts" }));
    }

    [Test]
    public void Subvolumes_are_file_systems_of_their_own_unless_one_is_inside_the_other()
    {
        var paths = Choose("""
            27 1 0:25 /@ / rw - btrfs /dev/sda2 rw
            30 27 0:25 /@home /home rw - btrfs /dev/sda2 rw
            31 27 0:25 /@home/ann /srv/ann rw - btrfs /dev/sda2 rw
            """);

        Assert.That(paths, Is.EqualTo(new[] { "/", "/home" }));
    }

    [Test]
    public void Patterns_choose_by_path_and_type()
    {
        const string table = """
            27 1 8:1 / / rw - ext4 /dev/sda1 rw
            30 27 8:2 / /data/a rw - xfs /dev/sdb1 rw
            31 27 8:3 / /data/b rw - xfs /dev/sdc1 rw
            32 27 0:40 / /run rw - tmpfs tmpfs rw
            """;

        Assert.That(Choose(table, Some() with { Paths = ["/data/*"], ExcludePaths = ["*b"] }), Is.EqualTo(new[] { "/data/a" }));
        Assert.That(Choose(table, Some() with { Types = ["tmpfs"] }), Is.EqualTo(new[] { "/run" }), "a type asked for is not left out by default");
        Assert.That(Choose(table, Some() with { ExcludeTypes = ["x*"] }), Is.EqualTo(new[] { "/", "/run" }));
    }

    [Test]
    public void Mounts_whose_parents_go_round_in_a_circle_do_not_hang()
    {
        var paths = Choose("""
            30 31 8:2 / /a rw - xfs /dev/sdb1 rw
            31 30 8:3 / /b rw - xfs /dev/sdc1 rw
            """);

        Assert.That(paths, Is.EqualTo(new[] { "/a", "/b" }));
    }

    private static IEnumerable<string> Choose(string table, DiskOptions? options = null) =>
        MountTable.Choose(MountInfoParser.Parse(Encoding.UTF8.GetBytes(table + "\n")), new MountFilter(options ?? Some()), (options ?? Some()).BindMounts)
            .Select(mount => mount.Path);

    private static DiskOptions Some() => SomeDisk.Options(new("/"));
}
