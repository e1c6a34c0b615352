using NocMonitor.Probes.Snmp.Traps;

namespace NocMonitor.Probes.Tests.Snmp.Traps;

public class SocketDropsTests
{
    private const string Line =
        "  412: 00000000:00A2 00000000:0000 07 00000000:00000000 00:00000000 00000000   996        0 21540 2 00000000a1b2c3d4 1713";

    [TestCase(Line, 162, 1713)]
    [TestCase(Line, 161, 0)]
    [TestCase("   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops", 162, 0)]
    [TestCase("", 162, 0)]
    public void The_last_column_of_the_port_s_line_counts(string line, int port, long expected) =>
        Assert.That(SocketDrops.Parse(line, port), Is.EqualTo(expected));

    [Test]
    [Platform("Linux")]
    public void A_port_that_nobody_has_lost_nothing() => Assert.That(SocketDrops.Read(1), Is.Zero);
}
