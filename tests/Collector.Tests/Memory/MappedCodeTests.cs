using NocMonitor.Collector.Memory;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Memory;

public sealed class MappedCodeTests
{
    [Test]
    public void Code_of_a_file_that_nobody_changed_is_found()
    {
        var found = MappedCode.Among(Mapping("7f0000001000-7f0000003000 r-xp 00001000 fe:00 17 /opt/nocmonitor/collector/libcoreclr.so", anonymous: 0));

        Assert.That(found, Is.EqualTo([new MappedCode(0x7f0000001000, 0x7f0000003000)]));
    }

    [Test]
    public void A_shared_view_of_a_file_is_found()
    {
        var found = MappedCode.Among(Mapping("7f0000001000-7f0000002000 r--s 00000000 fe:00 17 /opt/noc monitor/System.Linq.dll", anonymous: 0));

        Assert.That(found, Has.Exactly(1).Items);
    }

    [TestCase("7f0000001000-7f0000003000 r-xp 00001000 fe:00 17 /lib/libc.so.6", 4, TestName = "A_page_of_which_was_changed")]
    [TestCase("7f0000001000-7f0000003000 rw-p 00001000 fe:00 17 /lib/libc.so.6", 0, TestName = "That_can_be_written_to")]
    [TestCase("7f0000001000-7f0000003000 r--p 00001000 fe:00 17 /lib/libc.so.6", 0, TestName = "Read_only_data_that_was_adjusted_at_loading")]
    [TestCase("7f0000001000-7f0000003000 r-xs 00001000 00:01 17 /memfd:doublemapper (deleted)", 0, TestName = "Code_made_at_run_time")]
    [TestCase("7f0000001000-7f0000003000 r-xp 00000000 00:00 0 ", 0, TestName = "Memory_of_no_file")]
    [TestCase("7f0000001000-7f0000003000 r-xp 00000000 00:00 0 [vdso]", 0, TestName = "The_kernels_own_page")]
    public void Is_left_alone(string head, int anonymous)
    {
        Assert.That(MappedCode.Among(Mapping(head, anonymous)), Is.Empty);
    }

    [Test]
    public void Each_mapping_is_judged_by_its_own_lines()
    {
        string[] smaps =
        [
            .. Mapping("1000-2000 r-xp 0 fe:00 1 /a", anonymous: 8),
            .. Mapping("2000-3000 r-xp 0 fe:00 1 /a", anonymous: 0),
            .. Mapping("3000-4000 rw-p 0 fe:00 1 /a", anonymous: 0),
            .. Mapping("4000-5000 r--s 0 fe:00 2 /b", anonymous: 0),
        ];

        Assert.That(MappedCode.Among(smaps), Is.EqualTo([new MappedCode(0x2000, 0x3000), new MappedCode(0x4000, 0x5000)]));
    }

    [Test]
    public void What_cannot_be_read_is_left_alone()
    {
        string[] smaps = ["zz", "", "1000 r-xp", "2000-1000 r-xp 0 fe:00 1 /a", "Anonymous:             0 kB"];

        Assert.That(MappedCode.Among(smaps), Is.Empty);
    }

    [Test]
    public void A_process_that_gave_its_pages_back_goes_on()
    {
        if (!OperatingSystem.IsLinux())
        {
            Prerequisite.Missing("needs /proc");
        }

        ProgramPages.Return();

        Assert.That(File.ReadAllLines("/proc/self/smaps"), Is.Not.Empty);
    }

    private static string[] Mapping(string head, int anonymous) =>
        [head, "Size:                  8 kB", "Rss:                   8 kB", $"Anonymous:             {anonymous} kB", "VmFlags: rd ex mr mw me"];
}
