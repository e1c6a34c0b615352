namespace NocMonitor.LineProtocol.Tests;

public sealed class SeriesKeyTests
{
    [Test]
    public void Tags_are_unescaped_and_sorted_by_key()
    {
        var key = SeriesKey.Parse(@"m\ 1,b=2,a\,=x\=y"u8);

        Assert.That(key.Measurement, Is.EqualTo("m 1"));
        Assert.That(key.Tags, Is.EqualTo(new[] { KeyValuePair.Create("a,", "x=y"), KeyValuePair.Create("b", "2") }));
        Assert.That(key.ToString(), Is.EqualTo(@"m\ 1,a\,=x\=y,b=2"));
    }

    [Test]
    public void Keys_are_equal_whatever_the_order_of_their_tags()
    {
        var key = SeriesKey.Parse("m,a=1,b=2"u8);

        Assert.That(SeriesKey.Parse("m,b=2,a=1"u8), Is.EqualTo(key));
        Assert.That(SeriesKey.Parse("m,b=2,a=1"u8).GetHashCode(), Is.EqualTo(key.GetHashCode()));
        Assert.That(SeriesKey.Parse("m,a=1,b=3"u8), Is.Not.EqualTo(key));
        Assert.That(SeriesKey.Parse("n,a=1,b=2"u8), Is.Not.EqualTo(key));
    }

    [Test]
    public void The_canonical_form_reads_back_as_the_same_key()
    {
        var key = SeriesKey.Parse(@"m\,=,c=\\x\ ,ü=\\"u8);

        Assert.That(SeriesKey.Parse(System.Text.Encoding.UTF8.GetBytes(key.ToString())), Is.EqualTo(key));
    }

    [Test]
    public void A_tag_is_found_by_its_key()
    {
        var key = new SeriesKey("m", [new("host", "web01"), new("dc", "eu")]);

        Assert.That(key.FindTag("host"), Is.EqualTo("web01"));
        Assert.That(key.FindTag("rack"), Is.Null);
    }

    [TestCase("")]
    [TestCase("m,")]
    [TestCase("m,a")]
    [TestCase("m,a=")]
    [TestCase("m a=1")]
    [TestCase("m,a=1 ")]
    public void What_is_no_key_is_refused(string raw) =>
        Assert.That(() => SeriesKey.Parse(System.Text.Encoding.UTF8.GetBytes(raw)), Throws.TypeOf<FormatException>());
}
