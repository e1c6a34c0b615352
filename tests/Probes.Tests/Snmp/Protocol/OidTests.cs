using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Tests.Snmp.Protocol;

public class OidTests
{
    [TestCase("1.3.6.1.2.1.1.3.0", "2B06010201010300")]
    [TestCase("2.999.3", "883703")]
    [TestCase("0.0", "00")]
    [TestCase("1.3.6.1.4.1.4294967295", "2B060104018FFFFFFF7F")]
    public void Dotted_numbers_and_bytes_are_each_other(string text, string hex)
    {
        var oid = Oid.Parse(text);

        Assert.That(Convert.ToHexString(oid.Encoded), Is.EqualTo(hex));
        Assert.That(oid.ToString(), Is.EqualTo(text));
        Assert.That(Oid.FromEncoded(Convert.FromHexString(hex)), Is.EqualTo(oid));
        Assert.That(oid.ArcCount, Is.EqualTo(text.Split('.').Length));
    }

    [Test]
    public void A_leading_dot_is_allowed() => Assert.That(Oid.Parse(".1.3.6"), Is.EqualTo(Oid.Parse("1.3.6")));

    [TestCase("")]
    [TestCase("1")]
    [TestCase("1.")]
    [TestCase("..1.3")]
    [TestCase("3.1")]
    [TestCase("1.40")]
    [TestCase("1.3.-6")]
    [TestCase("1.3.4294967296")]
    [TestCase("1.3. 6")]
    [TestCase("sysDescr")]
    public void Other_text_is_refused(string text)
    {
        Assert.That(Oid.TryParse(text, out _), Is.False);
        Assert.That(() => Oid.Parse(text), Throws.TypeOf<FormatException>());
    }

    [Test]
    public void More_than_128_arcs_are_refused()
    {
        var longest = "1.3" + string.Concat(Enumerable.Repeat(".4294967295", 126));

        Assert.That(Oid.TryParse(longest, out _), Is.True);
        Assert.That(Oid.TryParse(longest + ".1", out _), Is.False);
    }

    [Test]
    public void A_prefix_ends_at_an_arc()
    {
        var column = Oid.Parse("1.3.6.1.2.1.2.2.1.1");

        Assert.That(Oid.Parse("1.3.6.1.2.1.2.2.1.1.7").StartsWith(column), Is.True);
        Assert.That(column.StartsWith(column), Is.True);
        Assert.That(Oid.Parse("1.3.6.1.2.1.2.2.1.10").StartsWith(column), Is.False);
        Assert.That(Oid.Parse("1.3.6.1.2.1.2.2.1.129").StartsWith(column), Is.False);
        Assert.That(column.StartsWith(default), Is.True);
    }

    [Test]
    public void Order_goes_by_arcs()
    {
        string[] inOrder = ["1.3.6", "1.3.6.1", "1.3.6.1.1", "1.3.6.1.127", "1.3.6.1.128", "1.3.6.1.128.1", "1.3.6.1.300", "1.3.6.1.16383", "1.3.6.1.16384", "1.3.6.2", "2.5"];
        var shuffled = inOrder.Reverse().Select(Oid.Parse).Order();

        Assert.That(shuffled.Select(oid => oid.ToString()), Is.EqualTo(inOrder));
        Assert.That(Oid.Parse("1.3.6.1") < Oid.Parse("1.3.6.1.0"), Is.True);
        Assert.That(Oid.Parse("1.3.6.1") >= Oid.Parse("1.3.6.1"), Is.True);
    }

    [Test]
    public void Arcs_are_appended_and_read_back()
    {
        var row = Oid.Parse("1.3.6.1.2.1.4.20.1.2").Append(192, 168, 300, 1);

        Assert.That(row.ToString(), Is.EqualTo("1.3.6.1.2.1.4.20.1.2.192.168.300.1"));
        Assert.That(Oid.ArcsToText(row.Encoded[9..]), Is.EqualTo("192.168.300.1"));
        Assert.That(Oid.Parse("1.3.6").Append(row.Encoded[9..]).ToString(), Is.EqualTo("1.3.6.192.168.300.1"));
    }

    [Test]
    public void An_arc_beyond_32_bits_is_mistaken_for_no_other()
    {
        var arcs = new OidArcs(Convert.FromHexString("90808080" + "01" + "05"));

        Assert.That(arcs.MoveNext() ? arcs.Current : 0, Is.EqualTo(uint.MaxValue));
        Assert.That(arcs.MoveNext() ? arcs.Current : 0, Is.EqualTo(5));
        Assert.That(arcs.MoveNext(), Is.False);
    }

    [TestCase("")]
    [TestCase("2B86")]
    public void Bytes_that_end_within_an_arc_or_at_once_are_not_well_formed(string hex) =>
        Assert.That(Oid.IsWellFormed(Convert.FromHexString(hex)), Is.False);
}
