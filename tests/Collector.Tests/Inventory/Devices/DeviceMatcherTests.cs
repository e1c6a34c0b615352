using NocMonitor.Collector.Inventory.Devices;

namespace NocMonitor.Collector.Tests.Inventory.Devices;

public class DeviceMatcherTests
{
    [TestCase("SW1", "", "sw1", "Name")]
    [TestCase("sw2.example.net", "", "sw2", "ShortName")]
    [TestCase("other", "address=10.0.0.1", "sw1", "Address")]
    [TestCase("10.0.0.1", "", "sw1", "Address")]
    [TestCase("other", "address=10.0.9.9", "sw2", "Address")]
    [TestCase("other", "address=::ffff:10.0.0.1", "sw1", "Address")]
    [TestCase("other", "serial=s2", "sw2", "Serial")]
    [TestCase("sw1", "serial=S2", "sw1", "Name")]
    [TestCase("other", "address=10.0.0.1|serial=S2", "sw1", "Address")]
    [TestCase("other", "", "", "Nothing")]
    [TestCase("other", "serial=S9", "", "Nothing")]
    public void A_device_is_recognized_by_name_then_address_then_serial(string name, string facts, string expected, string by)
    {
        var matcher = new DeviceMatcher(
        [
            SomeDevice.Of("sw1", "address=10.0.0.1", "serial=S1"), SomeDevice.Of("sw2", "address=10.0.0.2", "addresses=10.0.9.9;10.0.9.8", "serial=S2"),
            SomeDevice.Of("sw3", "serial=S9"), SomeDevice.Of("sw4", "serial=S9"),
        ]);

        var found = matcher.Find(SomeDevice.Of(name, facts.Split('|', StringSplitOptions.RemoveEmptyEntries)));

        Assert.That((found.Device?.Name ?? "", found.By.ToString()), Is.EqualTo((expected, by)));
    }

    [Test]
    public void Two_full_names_of_different_domains_are_two_devices()
    {
        var matcher = new DeviceMatcher([SomeDevice.Of("sw1.a.net")]);

        Assert.That(matcher.Find(SomeDevice.Of("sw1.b.net")).Device, Is.Null);
    }

    [Test]
    public void A_management_address_counts_more_than_another_device_s_further_address()
    {
        var matcher = new DeviceMatcher([SomeDevice.Of("router", "address=10.0.0.1", "addresses=10.0.0.2"), SomeDevice.Of("sw1", "address=10.0.0.2")]);

        Assert.That(matcher.Find(SomeDevice.Of("x", "address=10.0.0.2")).Device!.Name, Is.EqualTo("sw1"));
    }
}
