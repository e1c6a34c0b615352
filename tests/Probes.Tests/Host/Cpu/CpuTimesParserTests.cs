using System.Text;
using NocMonitor.Probes.Host.Cpu;

namespace NocMonitor.Probes.Tests.Host.Cpu;

public class CpuTimesParserTests
{
    private readonly CpuReading _reading = new();

    [Test]
    public void All_columns_of_a_present_day_kernel_are_read()
    {
        Parse("cpu  1 2 3 4 5 6 7 8 9 10\ncpu0 1 2 3 4 5 6 7 8 9 10\nintr 1\n");

        var expected = new CpuTimes
        {
            User = 1,
            Nice = 2,
            System = 3,
            Idle = 4,
            IoWait = 5,
            Irq = 6,
            SoftIrq = 7,
            Steal = 8,
            Guest = 9,
            GuestNice = 10,
        };
        Assert.That((_reading.Total, _reading[0], _reading.Count), Is.EqualTo(((CpuTimes?)expected, (CpuTimes?)expected, 1)));
    }

    [Test]
    public void Columns_that_an_old_kernel_does_not_have_are_0_and_new_ones_are_passed_over()
    {
        Parse("cpu  1 2 3 4\ncpu0 1 2 3 4 5 6 7 8 9 10 11 12\n");

        Assert.That((_reading.Total?.Steal, _reading.Total?.Idle, _reading[0]?.GuestNice), Is.EqualTo((0ul, 4ul, 10ul)));
    }

    [Test]
    public void An_offline_cpu_leaves_an_empty_slot()
    {
        Parse("cpu  9 9 9 9\ncpu0 1 1 1 1\ncpu3 4 4 4 4\n");

        Assert.That((_reading.Count, _reading[1], _reading[3]?.User), Is.EqualTo((4, (CpuTimes?)null, 4ul)));
    }

    [TestCase("")]
    [TestCase("cpu")]
    [TestCase("cpu 1 2 3")]
    [TestCase("cpu 1 2 3\n")]
    [TestCase("cpu a b c d\n")]
    [TestCase("cpufreq 1 2 3 4\n")]
    [TestCase("cpu99999999999999999999 1 2 3 4\n")]
    [TestCase("cpu18446744073709551615 1 2 3 4\n")]
    [TestCase("cpu4000000000 1 2 3 4\n")]
    public void What_is_not_a_cpu_line_gives_nothing(string text)
    {
        Parse(text);

        Assert.That((_reading.Total, _reading.Count), Is.EqualTo(((CpuTimes?)null, 0)));
    }

    [Test]
    public void A_reading_is_cleared_before_it_is_filled_again()
    {
        Parse("cpu  1 1 1 1\ncpu0 1 1 1 1\ncpu1 1 1 1 1\n");

        Parse("cpu  1 1 1 1\ncpu1 2 2 2 2\n");

        Assert.That((_reading[0], _reading[1]?.User), Is.EqualTo(((CpuTimes?)null, 2ul)));
    }

    private void Parse(string text) => CpuTimesParser.Parse(Encoding.ASCII.GetBytes(text), _reading);
}
