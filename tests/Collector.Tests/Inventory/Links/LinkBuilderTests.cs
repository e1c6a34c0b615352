using NocMonitor.Collector.Inventory.Links;

namespace NocMonitor.Collector.Tests.Inventory.Links;

public class LinkBuilderTests
{
    [Test]
    public void What_both_ends_say_is_one_link()
    {
        var links = Build(Says("sw1", "Gi1/0/1", "core", "Ethernet7"), Says("core", "Ethernet7", "sw1", "GigabitEthernet1/0/1"));

        Assert.That(links, Is.EqualTo(new[] { "core Ethernet7 - sw1 Gi1/0/1 lldp both" }));
    }

    [Test]
    public void Two_links_between_two_devices_stay_two_in_any_order()
    {
        var links = Build(
            Says("sw1", "Gi1/0/2", "core", "Ethernet8"), Says("core", "Ethernet7", "sw1", "Gi1/0/1"), Says("core", "Ethernet8", "sw1", "Gi1/0/2"),
            Says("sw1", "Gi1/0/1", "core", "Ethernet7"));

        Assert.That(links, Is.EqualTo(new[] { "core Ethernet7 - sw1 Gi1/0/1 lldp both", "core Ethernet8 - sw1 Gi1/0/2 lldp both" }));
    }

    [Test]
    public void LLDP_and_CDP_of_one_port_are_one_link()
    {
        var links = Build(Says("sw1", "Gi1/0/1", "core", "Ethernet7"), Says("sw1", "Gi1/0/1", "core", "Eth7") with { Protocol = "cdp" });

        Assert.That(links, Is.EqualTo(new[] { "core Ethernet7 - sw1 Gi1/0/1 cdp,lldp one" }));
    }

    [Test]
    public void Ends_that_name_ports_in_different_words_are_joined_when_nothing_else_is_left()
    {
        var links = Build(Says("sw1", "port 1", "core", "00:00:00:00:00:07"), Says("core", "Ethernet7", "sw1", "local 17"));

        Assert.That(links, Is.EqualTo(new[] { "core Ethernet7 - sw1 port 1 lldp both" }));
    }

    [Test]
    public void A_device_that_is_no_host_is_called_as_it_calls_itself()
    {
        var links = Build(Says("sw1", "Gi1/0/1", "phone-7", "eth0"), Says("sw1", "Gi1/0/2", "", "1") with { ChassisId = "00:aa:bb:cc:dd:ee" });

        Assert.That(links, Is.EqualTo(new[] { "(00:aa:bb:cc:dd:ee) 1 - sw1 Gi1/0/2 lldp one", "(phone-7) eth0 - sw1 Gi1/0/1 lldp one" }));
    }

    [TestCase("00:00:5E:00:53:01", "other", "", "core")]
    [TestCase("0000.5e00.5399", "core.example.net", "", "core")]
    [TestCase("", "MgmtName", "", "sw2")]
    [TestCase("", "", "10.0.0.2", "sw2")]
    [TestCase("00:00:5e:00:53:22", "", "", "sw2")]
    [TestCase("00:00:5e:00:53:33", "", "", null)]
    [TestCase("", "nobody", "10.9.9.9", null)]
    public void A_neighbour_is_known_by_chassis_then_name_then_address(string chassis, string name, string address, string? expected)
    {
        var hosts = new HostDirectory(
            [
                SomeDevice.Of("core", "chassisId=0000.5e00.5301"), SomeDevice.Of("sw1"), SomeDevice.Of("sw2", "address=10.0.0.2", "sysName=mgmtname"), SomeDevice.Of("sw3"),
            ],
            [("sw2", "00:00:5e:00:53:22"), ("sw2", "00:00:5e:00:53:33"), ("sw3", "00:00:5e:00:53:33"), ("sw3", "00:00:5e:00:53:01")]);

        Assert.That(hosts.Find(Says("sw1", "1", name, "x") with { ChassisId = chassis, Address = address }), Is.EqualTo(expected));
    }

    private static IEnumerable<string> Build(params Neighbour[] neighbours)
    {
        var hosts = new HostDirectory([SomeDevice.Of("sw1"), SomeDevice.Of("core")], []);
        return LinkBuilder.Build(neighbours, hosts).Select(link => $"{End(link.A)} - {End(link.B)} {string.Join(',', link.Protocols)} {(link.BothSay ? "both" : "one")}");
    }

    private static string End(LinkEnd end) => $"{(end.IsKnown ? end.Host : $"({end.Host})")} {end.Port}";

    private static Neighbour Says(string host, string port, string name, string remotePort) =>
        new(host, port, [port], "", name, "", [remotePort], "lldp", "", SomeDevice.Monday);
}
