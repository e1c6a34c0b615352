using NocMonitor.Collector.Inventory.Links;

namespace NocMonitor.Collector.Tests.Inventory.Links;

public class PortNameTests
{
    [TestCase("Gi1/0/1", "GigabitEthernet1/0/1", true)]
    [TestCase("Te1/1", "TenGigabitEthernet1/1", true)]
    [TestCase("Gi1/0/1", "Gi1/0/11", false)]
    [TestCase("Gi1/0/1", "Te1/0/1", false)]
    [TestCase("ge-0/0/1", "ge-0/0/1", true)]
    [TestCase("00-1B-21-3C-4D-5E", "001b.213c.4d5e", true)]
    [TestCase("00:1b:21:3c:4d:5e", "00:1b:21:3c:4d:5f", false)]
    [TestCase("ether2", "Ethernet 2", true)]
    [TestCase("uplink", "UPLINK", true)]
    [TestCase("7", "7", true)]
    public void A_port_is_the_same_in_every_way_to_write_it(string one, string other, bool expected)
    {
        Assert.That(PortName.MayBeSame([one], [other]), Is.EqualTo(expected));
    }
}
