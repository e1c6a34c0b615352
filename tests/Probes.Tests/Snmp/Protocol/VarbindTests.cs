using System.Net;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Tests.Snmp.Protocol;

public class VarbindTests
{
    private const string Name = "06022B06";

    private static readonly SnmpValue[] Values =
    [
        SnmpValue.Integer(0), SnmpValue.Integer(-1), SnmpValue.Integer(int.MinValue), SnmpValue.Integer(128),
        SnmpValue.Counter32(uint.MaxValue), SnmpValue.Gauge32(128), SnmpValue.TimeTicks(4_000_000_000),
        SnmpValue.Counter64(ulong.MaxValue), SnmpValue.Counter64(0), SnmpValue.Float(-1.5f), SnmpValue.Double(Math.PI),
        SnmpValue.Text("Gi1/0/1"), SnmpValue.OctetString([]), SnmpValue.OctetString(new byte[300]), SnmpValue.IpAddress(IPAddress.Parse("10.1.2.3")),
        SnmpValue.ObjectIdentifier(Oid.Parse("1.3.6.1.4.1.9")), SnmpValue.Null, SnmpValue.NoSuchObject, SnmpValue.NoSuchInstance, SnmpValue.EndOfMibView,
        SnmpValue.OfBytes(SnmpType.Opaque, [0x9F, 0x78, 0x05, 1, 2, 3, 4, 5]),
    ];

    [TestCaseSource(nameof(Values))]
    public void A_written_value_is_read_as_it_was(SnmpValue value)
    {
        var writer = new VarbindWriter(new byte[400]);
        var written = writer.TryAdd(Oid.Parse("1.3.6.1.2"), value);
        var reader = new VarbindReader(writer.Written);

        Assert.That(written && reader.MoveNext(), Is.True);
        Assert.That(reader.Current.ToValue(), Is.EqualTo(value));
        Assert.That(Oid.FromEncoded(reader.Current.Name).ToString(), Is.EqualTo("1.3.6.1.2"));
        Assert.That(reader.MoveNext() || reader.IsBroken, Is.False);
    }

    [TestCase("0202 0001", 1, TestName = "Integer with a filling zero")]
    [TestCase("0209 FFFFFFFFFFFFFFFFFE", -2, TestName = "Integer with filling ones")]
    [TestCase("4105 0000000001", 1, TestName = "Counter with filling")]
    [TestCase("4104 FFFFFFFE", 4294967294, TestName = "Counter without its leading zero")]
    [TestCase("4101 FE", 4294967294, TestName = "Counter of a device that counts with a sign")]
    [TestCase("4108 FFFFFFFFFFFFFFFE", 4294967294, TestName = "Counter with a sign in eight bytes")]
    [TestCase("4106 010000000000", 1099511627776, TestName = "Counter32 that holds more than 32 bits")]
    [TestCase("4604 00000005", 5, TestName = "Counter64 in four bytes")]
    [TestCase("460A 00000000000000000007", 7, TestName = "Counter64 in ten bytes")]
    [TestCase("4701 05", 5, TestName = "UInteger32 of RFC 1442")]
    [TestCase("4281 01 09", 9, TestName = "Length in the long form")]
    [TestCase("4404 9F7A01FF", -1, TestName = "64-bit integer in an Opaque")]
    [TestCase("4406 9F7603010203", 66051, TestName = "64-bit counter in an Opaque")]
    public void Numbers_as_devices_send_them_are_read(string value, long expected)
    {
        var read = Read(value, out var view);

        Assert.That(read, Is.True);
        Assert.That(view.TryGetInt64(out var number), Is.True);
        Assert.That(number, Is.EqualTo(expected));
        Assert.That(view.ToValue().TryGetInt64(out var kept) ? kept : 0, Is.EqualTo(expected));
    }

    [TestCase("0200", TestName = "Empty integer")]
    [TestCase("4100", TestName = "Empty counter")]
    [TestCase("0209 010000000000000000", TestName = "Integer beyond 64 bits")]
    [TestCase("460A 01000000000000000000", TestName = "Counter beyond 64 bits")]
    [TestCase("4108 8000000000000000", TestName = "Counter32 below any 32-bit number")]
    [TestCase("0401 31", TestName = "Text")]
    [TestCase("8000", TestName = "Exception")]
    [TestCase("0500", TestName = "Null")]
    public void What_is_no_number_gives_none(string value)
    {
        Read(value, out var view);

        Assert.That(view.TryGetInt64(out _) || view.TryGetUInt64(out _) || view.TryGetDouble(out _), Is.False);
        Assert.That(view.ToValue().TryGetInt64(out _) || view.ToValue().TryGetUInt64(out _) || view.ToValue().TryGetDouble(out _), Is.False);
    }

    [Test]
    public void The_highest_counter_fits_only_without_sign()
    {
        Read("4609 00FFFFFFFFFFFFFFFF", out var view);

        Assert.That(view.TryGetUInt64(out var number) ? number : 0, Is.EqualTo(ulong.MaxValue));
        Assert.That(view.TryGetInt64(out _), Is.False);
    }

    [TestCase("")]
    [TestCase("05")]
    [TestCase("0580")]
    [TestCase("0501")]
    [TestCase("0500 00")]
    [TestCase("0585 0000000000")]
    [TestCase("0484 FFFFFFFF 41")]
    public void Values_of_wrong_lengths_break_the_reading(string value) => Assert.That(Read(value, out _), Is.False);

    [Test]
    public void What_was_read_before_a_broken_varbind_stands()
    {
        var reader = new VarbindReader(Convert.FromHexString("3006" + Name + "0500" + "3006" + Name + "0501"));

        Assert.That(reader.MoveNext(), Is.True);
        Assert.That(reader.IsBroken, Is.False);
        Assert.That(reader.MoveNext(), Is.False);
        Assert.That(reader.IsBroken, Is.True);
        Assert.That(reader.MoveNext(), Is.False);
    }

    [Test]
    public void A_name_without_arcs_breaks_the_reading()
    {
        var reader = new VarbindReader(Convert.FromHexString("300406000500"));

        Assert.That(reader.MoveNext(), Is.False);
        Assert.That(reader.IsBroken, Is.True);
    }

    [Test]
    public void What_does_not_fit_is_not_written()
    {
        var name = Oid.Parse("1.3.6.1");
        var writer = new VarbindWriter(new byte[VarbindWriter.LengthOf(name.Encoded) + 3]);

        Assert.That(writer.TryAdd(name.Encoded), Is.True);
        Assert.That(writer.TryAdd(name.Encoded), Is.False);
        Assert.That(writer.Written.Length, Is.EqualTo(VarbindWriter.LengthOf(name.Encoded)));
    }

    [TestCase("0406 C3A4626300 00", "äbc", TestName = "UTF-8 with NULs behind it")]
    [TestCase("0403 E46263", "äbc", TestName = "Latin-1")]
    [TestCase("0406 001B2C3D4E5F", "00:1b:2c:3d:4e:5f", TestName = "Hardware address")]
    [TestCase("4004 0A000001", "10.0.0.1", TestName = "Address")]
    [TestCase("0600", "0.0", TestName = "Identifier without arcs")]
    [TestCase("8200", "end of MIB view", TestName = "Exception in words")]
    [TestCase("4407 9F7804 3F800000", "1", TestName = "Float in an Opaque")]
    public void Values_are_shown_to_people(string value, string expected)
    {
        Read(value, out var view);

        Assert.That(view.ToValue().ToString(), Is.EqualTo(expected));
    }

    private static bool Read(string value, out VarbindView view)
    {
        var content = Convert.FromHexString(Name + value.Replace(" ", ""));
        byte[] list = [0x30, (byte)content.Length, .. content];
        var reader = new VarbindReader(list);
        var read = reader.MoveNext();
        view = read ? reader.Current : default;
        return read;
    }
}
