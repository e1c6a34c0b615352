using System.Buffers;

namespace NocMonitor.LineProtocol.Tests;

public sealed class LineWriterTests
{
    [Test]
    public void Separators_are_escaped_where_they_separate()
    {
        var point = new Point("m,1 =").Tag("k,= ", "v,= ").Field("f,= ", "a\"b\\c\nd");

        Assert.That(point.ToString(), Is.EqualTo(@"m\,1\ =,k\,\=\ =v\,\=\  f\,\=\ =""a\""b\\c\nd"""));
    }

    [Test]
    public void All_kinds_are_written()
    {
        var point = new Point("m").Field("f", 1.5).Field("i", -1L).Field("u", 1UL).Field("b", true).Field("s", "x");
        point.Timestamp = -5;

        Assert.That(point.ToString(), Is.EqualTo("m f=1.5,i=-1i,u=1u,b=true,s=\"x\" -5"));
    }

    [Test]
    public void Backslashes_at_the_end_of_a_name_go_because_they_would_escape_the_separator()
    {
        var point = new Point(@"m\").Tag(@"k\\", @"C:\").Field(@"f\", @"C:\");

        Assert.That(point.ToString(), Is.EqualTo(@"m,k=C: f=""C:\\"""));
    }

    [Test]
    public void Control_characters_in_names_become_spaces()
    {
        var point = new Point("m").Tag("k", "a\nb\u007fc\0").Field("f", 1.0);

        Assert.That(point.ToString(), Is.EqualTo(@"m,k=a\ b\ c\  f=1"));
    }

    [Test]
    public void Names_that_become_empty_are_left_out()
    {
        var point = new Point("m").Tag("k", @"\").Tag(@"\\", "v").Field(@"\", 1.0).Field("f", 2.0);

        Assert.That(point.ToString(), Is.EqualTo("m f=2"));
    }

    [Test]
    public void Of_tags_that_become_the_same_only_one_is_written()
    {
        var point = new Point("m").Tag(@"k\", "1").Tag("k", "2").Tag("a\n", "3").Tag("a\r", "4").Field("f", 1.0);

        Assert.That(point.ToString(), Is.EqualTo(@"m,k=2,a\ =3 f=1"));
    }

    [TestCase("")]
    [TestCase(@"\")]
    [TestCase("#m")]
    public void A_point_whose_measurement_cannot_be_written_writes_nothing(string measurement)
    {
        var output = new ArrayBufferWriter<byte>();

        Assert.That(LineWriter.Write(output, new Point(measurement).Field("f", 1.0)), Is.False);
        Assert.That(output.WrittenCount, Is.Zero);
    }

    [Test]
    public void A_point_without_a_field_that_can_be_written_writes_nothing()
    {
        var output = new ArrayBufferWriter<byte>();

        Assert.That(LineWriter.Write(output, new Point("m").Field(@"\", 1.0).Field("f", double.NaN)), Is.False);
        Assert.That(output.WrittenCount, Is.Zero);
    }
}
