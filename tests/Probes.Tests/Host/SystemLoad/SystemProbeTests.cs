using System.Buffers.Binary;
using System.Text;
using NocMonitor.Probes.Host;
using NocMonitor.Probes.Host.SystemLoad;

namespace NocMonitor.Probes.Tests.Host.SystemLoad;

[Platform("Linux")]
public class SystemProbeTests
{
    [Test]
    public async Task Load_comes_whole_and_per_cpu()
    {
        using var host = Machine();

        var point = await PointAsync(host.Root);

        Assert.That(point, Is.EqualTo(
            "system load1=3,load5=1.5,load15=0.9,load1_per_cpu=0.5,load5_per_cpu=0.25,load15_per_cpu=0.15,n_cpus=6i,uptime=12345i"));
    }

    [Test]
    public async Task Users_are_counted_in_utmp_before_anything_else()
    {
        using var host = Machine().Write("run/systemd/sessions/1", "USER=eve\nCLASS=user\nSTATE=active\n");
        File.WriteAllBytes(Path.Combine(host.Root.Path, "run/utmp"), [.. Record(7, "ann"), .. Record(7, "bob"), .. Record(7, "ann"), .. Record(2, "reboot"), .. Record(8, "cy")]);

        var point = await PointAsync(host.Root);

        Assert.That(point, Does.EndWith("n_users=3i,n_unique_users=2i"));
    }

    [Test]
    public async Task Without_utmp_the_sessions_of_logind_count()
    {
        using var host = Machine()
            .Write("run/systemd/sessions/1", "# private\nUSER=ann\nSTATE=active\nCLASS=user\n")
            .Write("run/systemd/sessions/2", "USER=ann\nSTATE=online\nCLASS=user\n")
            .Write("run/systemd/sessions/3", "USER=bob\nSTATE=closing\nCLASS=user\n")
            .Write("run/systemd/sessions/c1", "USER=gdm\nSTATE=active\nCLASS=greeter\n")
            .Write("run/systemd/sessions/4", "USER=cut")
            .Write("run/systemd/sessions/5.ref", "");

        var point = await PointAsync(host.Root);

        Assert.That(point, Does.EndWith("n_users=2i,n_unique_users=1i"));
    }

    [TestCase("0\n", 1)]
    [TestCase("0-3\n", 4)]
    [TestCase("0-3,8,10-11\n", 7)]
    [TestCase("0-3", null)]
    [TestCase("3-0\n", null)]
    [TestCase("a-b\n", null)]
    [TestCase("0-99999999999\n", null)]
    [TestCase("\n", null)]
    [TestCase("", null)]
    public void A_list_of_cpus_is_counted(string text, int? expected)
    {
        var good = CpuList.TryCount(Encoding.ASCII.GetBytes(text), out var count);

        Assert.That(good ? (int)count : (int?)null, Is.EqualTo(expected));
    }

    [TestCase("0.20 0.18 0.12 1/80 11206\n", "0.2 0.18 0.12")]
    [TestCase("0.20 0.18 0.1", null)]
    [TestCase("nan 0 0 1\n", null)]
    [TestCase("", null)]
    public void Load_averages_are_three_decimals(string text, string? expected)
    {
        var good = LoadAverage.TryParse(Encoding.ASCII.GetBytes(text), out var load);

        Assert.That(good ? FormattableString.Invariant($"{load.One} {load.Five} {load.Fifteen}") : null, Is.EqualTo(expected));
    }

    [Test]
    public void A_utmp_record_that_is_cut_does_not_count()
    {
        var records = Record(7, "ann");

        Assert.That(UserRecords.Count(records.AsSpan(0, records.Length - 1)), Is.EqualTo(new UserCount(0, 0)));
    }

    [Test]
    public async Task The_live_machine_agrees_with_the_runtime()
    {
        using var probe = new SystemProbe(new SystemOptions { Root = new HostRoot(HostRoot.Default) });

        var point = (await PointList.OfRoundAsync(probe)).Single();

        Assert.That(point.Number("n_cpus"), Is.GreaterThanOrEqualTo(Environment.ProcessorCount));
        Assert.That(point.Number("uptime"), Is.EqualTo(Environment.TickCount64 / 1000).Within(60));
        Assert.That(point.Number("load1_per_cpu"), Is.GreaterThanOrEqualTo(0));
    }

    private static HostFiles Machine() => new HostFiles()
        .Write("proc/loadavg", "3.00 1.50 0.90 2/500 999\n")
        .Write("proc/uptime", "12345.67 9999.99\n")
        .Write("sys/devices/system/cpu/online", "0-3,6-7\n");

    private static async Task<string> PointAsync(HostRoot root)
    {
        using var probe = new SystemProbe(new SystemOptions { Root = root });
        return (await PointList.OfRoundAsync(probe)).Single().ToString();
    }

    private static byte[] Record(short type, string user)
    {
        var record = new byte[System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64 ? 384 : 400];
        BinaryPrimitives.WriteInt16LittleEndian(record, type);
        Encoding.ASCII.GetBytes(user, record.AsSpan(44));
        return record;
    }
}
