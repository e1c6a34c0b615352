using NocMonitor.Collector.Inventory.Devices;

namespace NocMonitor.Collector.Tests.Inventory.Devices;

public class DeviceFactsTests
{
    [Test]
    public void Unknown_and_empty_fields_are_left_out_and_control_characters_become_blanks()
    {
        var facts = SomeDevice.Facts("serial= S1 ", "wat=1", "vendor=", "description=Cisco IOS\r\n\u001b[31mCopyright");

        Assert.That(facts.Texts.Select(pair => $"{pair.Key}={pair.Value}"), Is.EqualTo(new[] { "serial=S1", "description=Cisco IOS [31mCopyright" }));
    }

    [Test]
    public void A_list_too_long_is_cut_after_a_whole_item()
    {
        var facts = SomeDevice.Facts($"interfaces={string.Join(';', Enumerable.Range(0, 5000).Select(port => $"port{port}"))}");

        var items = InventoryField.Items(facts["interfaces"]);
        Assert.That(facts["interfaces"].Length, Is.LessThanOrEqualTo(DeviceFacts.LongestText));
        Assert.That(items[^1], Is.EqualTo($"port{items.Count - 1}"));
    }

    [TestCase("serial=S1", "serial=s1", "")]
    [TestCase("serial=S1", "", "")]
    [TestCase("", "serial=S1", "serial: '' -> 'S1'")]
    [TestCase("address=10.0.0.1", "address=::ffff:10.0.0.1", "")]
    [TestCase("address=2001:db8::1", "address=2001:0db8:0:0:0:0:0:1", "")]
    [TestCase("interfaces=a;b", "interfaces=b; a", "")]
    [TestCase("interfaces=a;b", "interfaces=b;c", "interfaces: 'a;b' -> 'b;c'")]
    [TestCase("version=1|vendor=x", "vendor=y|version=2", "vendor: 'x' -> 'y', version: '1' -> '2'")]
    public void A_difference_is_what_the_new_side_knows_otherwise(string before, string after, string expected)
    {
        var differences = FieldDifference.Between(Facts(before), Facts(after));

        Assert.That(string.Join(", ", differences.Select(one => $"{one.Field}: '{one.Before}' -> '{one.After}'")), Is.EqualTo(expected));
    }

    private static DeviceFacts Facts(string facts) => SomeDevice.Facts(facts.Split('|', StringSplitOptions.RemoveEmptyEntries));
}
