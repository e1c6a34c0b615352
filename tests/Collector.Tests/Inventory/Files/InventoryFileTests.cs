using System.Text;
using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Inventory.Devices;
using NocMonitor.Collector.Inventory.Files;

namespace NocMonitor.Collector.Tests.Inventory.Files;

public class InventoryFileTests
{
    [TestCase("Csv")]
    [TestCase("Json")]
    public void What_is_written_is_read_back_the_same(string format)
    {
        var kind = Enum.Parse<FileFormat>(format);
        var content = Content(
            [
                SomeDevice.Accepted("sw1", "address=10.0.0.1", "serial=S1", "location=Rack \"7\", row 2", "interfaces=Gi1/0/1;Gi1/0/2", "note==cmd|' /C calc'!A0", "contact=+49 30 1"),
                SomeDevice.Accepted("zürich-1", "address=2001:db8::1"), SomeDevice.Accepted("bare"),
            ],
            ("sw1", "core"), ("sw1", "core2"));

        var file = InventoryFile.Read(InventoryFile.Write(content, kind), kind);

        Assert.That(file.Faults, Is.Empty);
        var report = Reconciliation.Compare(content, file);
        Assert.That((report.Same, report.OursOnly.Count, report.TheirsOnly.Count, report.Different.Count), Is.EqualTo((3, 0, 0, 0)));
        Assert.That(file.Devices.Single(device => device.Device.Name == "sw1").Parents, Is.EqualTo(new[] { "core", "core2" }));
    }

    [Test]
    public void Bad_rows_are_named_by_line_column_and_field_and_lose_nothing_else()
    {
        var file = Csv(
            """
            Name;Management Address;Serial Number;Colour
            sw1;10.0.0.1/24;S1;red
            sw2;10.0.0;S2;red
            ;10.0.0.3;S3;red
            sw4;10.0.0.4
            sw1;10.0.0.5;S5;red
            "sw6;10.0.0.6;S6;red
            sw7;10.0.0.7;;
            """);

        Assert.That(file.Devices.Select(device => $"{device.Line} {device.Device.Name} {device.Device.Facts["address"]} {device.Device.Facts["serial"]}"),
            Is.EqualTo(new[] { "2 sw1 10.0.0.1 S1", "8 sw7 10.0.0.7 " }));
        Assert.That(file.Faults.Select(fault => $"{fault.Line}:{fault.Column} {fault.Field} {fault.Message}"), Is.EqualTo(new[]
        {
            "1:39  there is no field 'Colour'; the column is left out",
            "3:5 address '10.0.0' is not an address",
            "4:1 name a device needs a name",
            "5:5  the row has 2 cells and the first line 4",
            "6:1 name 'sw1' is in line 2 already",
            "7:1  the quote that opens here is never closed",
        }));
    }

    [TestCase("", "1:1 the file is empty; its first line names the columns")]
    [TestCase("address,serial\n10.0.0.1,S\n", "1:1 there is no column name; the first line names the columns")]
    [TestCase("name,serial,SERIAL\nsw1,a,b\n", "1:13 the column is there twice; the first one counts")]
    public void A_head_that_makes_no_sense_is_told(string text, string expected)
    {
        Assert.That(Csv(text).Faults.Select(fault => $"{fault.Line}:{fault.Column} {fault.Message}"), Is.EqualTo(new[] { expected }));
    }

    [Test]
    public void A_file_of_one_byte_letters_and_one_with_a_mark_are_read()
    {
        var latin = InventoryFile.Read(Encoding.Latin1.GetBytes("name,location\nsw1,Zürich\n"), FileFormat.Csv);
        var marked = InventoryFile.Read([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes("name,location\nsw1,Zürich\n")], FileFormat.Csv);

        Assert.That((latin.Devices[0].Device.Facts["location"], marked.Devices[0].Device.Facts["location"]), Is.EqualTo(("Zürich", "Zürich")));
    }

    [Test]
    public void A_bad_device_in_JSON_is_named_by_its_place_and_the_others_are_read()
    {
        var file = Json(
            """
            [
              { "name": "sw1", "address": "10.0.0.1", "interfaces": [ "a", "b" ], "parents": [] },
              { "name": "sw2", "address": "ten" },
              "sw3",
              { "serial": "S4" },
              { "name": "sw5", "serial": { "a": 1 } },
              { "name": "sw6", "serial": null, "color": "red" },
              { "name": 7 }
            ]
            """);

        Assert.That(file.Devices.Select(device => device.Device.Name), Is.EqualTo(new[] { "sw1", "sw6", "7" }));
        Assert.That(file.Devices[0].Parents, Is.Empty);
        Assert.That(file.Faults.Select(fault => $"{fault.Line}:{fault.Column} {fault.Field} {fault.Message}"), Is.EqualTo(new[]
        {
            "3:31 address 'ten' is not an address",
            "4:3  a device is an object with a name",
            "5:3 name a device needs a name",
            "6:30 serial is a text, a number or a list of them",
            "7:45  there is no field 'color'; it is left out wherever it stands",
        }));
    }

    [TestCase("{", "1:2")]
    [TestCase("[ { \"name\": ] ]", "1:13")]
    [TestCase("{ \"devices\": 1 }", "1:1")]
    [TestCase("[ { \"name\": \"\\ud800\" } ]", "1:13")]
    [TestCase("", "1:1")]
    public void JSON_that_is_none_is_told_with_its_place(string text, string place)
    {
        Assert.That(Json(text).Faults.Select(fault => $"{fault.Line}:{fault.Column}"), Does.Contain(place));
    }

    internal static InventoryContent Content(AcceptedDevice[] devices, params (string Host, string Parent)[] parents) =>
        new(devices, [], [], parents.Select(pair => new HostDependency(pair.Host, "", pair.Parent)).ToLookup(one => one.Host, StringComparer.Ordinal));

    internal static InventoryFile Csv(string text) => InventoryFile.Read(Encoding.UTF8.GetBytes(text), FileFormat.Csv);

    private static InventoryFile Json(string text) => InventoryFile.Read(Encoding.UTF8.GetBytes(text), FileFormat.Json);
}
