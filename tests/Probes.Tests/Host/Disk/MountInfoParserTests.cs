using System.Text;
using NocMonitor.Probes.Host.Disk;

namespace NocMonitor.Probes.Tests.Host.Disk;

public class MountInfoParserTests
{
    [Test]
    public void All_parts_of_a_line_are_read()
    {
        var mount = Parse("36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/sda1 rw,errors=continue\n").Single();

        Assert.That((mount.Id, mount.ParentId, mount.DeviceNumber, mount.Root, mount.Path), Is.EqualTo((36, 35, "98:0", "/mnt1", "/mnt2")));
        Assert.That((mount.Type, mount.Device, mount.IsReadOnly), Is.EqualTo(("ext3", "sda1", false)));
        Assert.That(Encoding.UTF8.GetString(mount.RawPath), Is.EqualTo("/mnt2\0"));
    }

    [TestCase("1 0 8:1 / / rw - ext4 /dev/sda1 rw", TestName = "No_optional_fields")]
    [TestCase("1 0 8:1 / / rw shared:1 master:2 propagate_from:3 - ext4 /dev/sda1 rw", TestName = "Several_optional_fields")]
    [TestCase("1 0 8:1 / / rw - ext4 /dev/sda1 rw,data=ordered - odd", TestName = "A_separator_among_the_last_options")]
    public void Optional_fields_may_be_any_number(string line)
    {
        var mount = Parse(line + "\n").Single();

        Assert.That((mount.Path, mount.Type, mount.Device), Is.EqualTo(("/", "ext4", "sda1")));
    }

    [TestCase("ro,noatime", "rw", true, TestName = "Mounted_read_only")]
    [TestCase("rw", "ro,errors=remount-ro", true, TestName = "File_system_turned_read_only")]
    [TestCase("rw", "rw,errors=remount-ro", false, TestName = "An_option_that_only_ends_in_ro_is_not_read_only")]
    public void Read_only_is_said_by_the_mount_or_by_the_file_system(string options, string superOptions, bool expected)
    {
        var mount = Parse($"1 0 8:1 / / {options} - ext4 /dev/sda1 {superOptions}\n").Single();

        Assert.That(mount.IsReadOnly, Is.EqualTo(expected));
    }

    [Test]
    public void Octal_escapes_stand_for_blanks_and_backslashes()
    {
        var mount = Parse("1 0 0:30 / /mnt/my\\040disk\\011x\\134y rw - cifs //srv/a\\040b rw\n").Single();

        Assert.That((mount.Path, mount.Device), Is.EqualTo(("/mnt/my disk\tx\\y", "//srv/a b")));
    }

    [TestCase(@"a\04", @"a\04")]
    [TestCase(@"\8", @"\8")]
    [TestCase(@"\400", @"\400", TestName = "An_escape_beyond_one_byte_stands_for_itself")]
    [TestCase(@"\0400", " 0")]
    [TestCase(@"\", @"\")]
    [TestCase("", "")]
    public void What_is_not_an_escape_stands_for_itself(string text, string expected) =>
        Assert.That(Encoding.ASCII.GetString(MountInfoParser.Unescape(Encoding.ASCII.GetBytes(text))), Is.EqualTo(expected));

    [Test]
    public void A_path_that_is_not_utf8_keeps_its_bytes()
    {
        byte[] line = [.. "1 0 8:1 / /mnt/"u8, 0xff, .. " rw - ext4 /dev/sda1 rw\n"u8];

        var mount = MountInfoParser.Parse(line).Single();

        Assert.That(mount.RawPath, Is.EqualTo(new byte[] { (byte)'/', (byte)'m', (byte)'n', (byte)'t', (byte)'/', 0xff, 0 }));
    }

    [Test]
    public void An_empty_device_does_not_shift_the_fields_behind_it()
    {
        var mount = Parse("1 0 0:9 / /mnt rw - tmpfs  ro,size=4k\n").Single();

        Assert.That((mount.Device, mount.IsReadOnly), Is.EqualTo(("", true)));
    }

    [TestCase("")]
    [TestCase("\n")]
    [TestCase("1 0 8:1 / / rw - ext4 /dev/sda1 rw", TestName = "An_unfinished_line")]
    [TestCase("x 0 8:1 / / rw - ext4 /dev/sda1 rw\n")]
    [TestCase("1 0 8:1 / / rw\n")]
    [TestCase("1 0 8:1 /  rw - ext4 /dev/sda1 rw\n")]
    [TestCase(" - \n")]
    [TestCase("1 0 8:1 / /a\\000b rw - ext4 /dev/sda1 rw\n", TestName = "A_path_cannot_hold_a_zero_byte")]
    [TestCase("99999999999 0 8:1 / / rw - ext4 /dev/sda1 rw\n")]
    public void What_is_not_a_mount_gives_nothing(string text) => Assert.That(Parse(text), Is.Empty);

    private static List<Mount> Parse(string text) => MountInfoParser.Parse(Encoding.UTF8.GetBytes(text));
}
