using System.Text;

namespace NocMonitor.LineProtocol.Tests;

public sealed class LineReaderTests
{
    [TestCase("m v=1", "m|v:Float=1|")]
    [TestCase("m v=1 17", "m|v:Float=1|17")]
    [TestCase("m v=1 -17", "m|v:Float=1|-17")]
    [TestCase("m,a=b,c=d v=1i,w=2u,x=t,y=\"s\" 5", "m|a=b|c=d|v:Integer=1|w:Unsigned=2|x:Boolean=true|y:String=s|5")]
    [TestCase("  m   v=1   5   ", "m|v:Float=1|5")]
    [TestCase("m v=1 5\r", "m|v:Float=1|5")]
    [TestCase(@"m\,\ n\=o=p v=1", @"m, n\=o=p|v:Float=1|")]
    [TestCase(@"m,k\,\=\ 1=v\,\=\ 2 f\,\=\ 3=1", "m|k,= 1=v,= 2|f,= 3:Float=1|")]
    [TestCase(@"m,path=C:\dir v=1", @"m|path=C:\dir|v:Float=1|")]
    [TestCase(@"m v=""a\""b\\c\d\n\r\t""", "m|v:String=a\"b\\c\\d\n\r\t|")]
    [TestCase("m v=\"a,b =c\"", "m|v:String=a,b =c|")]
    [TestCase("m v=\"\"", "m|v:String=|")]
    [TestCase("m v=1,w=2,v=\"last\"", "m|v:String=last|w:Float=2|")]
    [TestCase("m,größe=ü temp=1", "m|größe=ü|temp:Float=1|")]
    [TestCase("m,\"a\"=\"b\" \"c\"=1", "m|\"a\"=\"b\"|\"c\":Float=1|")]
    [TestCase("m=n v=1", "m=n|v:Float=1|")]
    public void A_good_line_is_read(string line, string expected) =>
        Assert.That(Reading.Lines(line), Is.EqualTo(new[] { expected }));

    [TestCase("0", 0)]
    [TestCase("-0.5", -0.5)]
    [TestCase("1.", 1)]
    [TestCase(".25", 0.25)]
    [TestCase("-.25", -0.25)]
    [TestCase("1e3", 1e3)]
    [TestCase("1E+3", 1e3)]
    [TestCase("1.5e-3", 1.5e-3)]
    [TestCase("123456789012345", 123456789012345)]
    [TestCase("0.1234567890123456789", 0.1234567890123456789)]
    [TestCase("9007199254740993", 9007199254740993)]
    [TestCase("1.7976931348623157e308", double.MaxValue)]
    [TestCase("5e-324", double.Epsilon)]
    [TestCase("1e-400", 0)]
    [TestCase("0e999999999999999999999", 0)]
    [TestCase("00001.50000000000000000000000000", 1.5)]
    public void A_float_is_read_exactly(string text, double expected)
    {
        var value = Reading.Point($"m v={text}").FindField("v");

        Assert.That(value, Is.EqualTo(FieldValue.Of(expected)));
    }

    [TestCase("9223372036854775807i", long.MaxValue)]
    [TestCase("-9223372036854775808i", long.MinValue)]
    [TestCase("-0i", 0)]
    [TestCase("00000000000000000000000012i", 12)]
    [TestCase("123456789012345678i", 123456789012345678)]
    public void An_integer_is_read(string text, long expected) =>
        Assert.That(Reading.Point($"m v={text}").FindField("v"), Is.EqualTo(FieldValue.Of(expected)));

    [TestCase("18446744073709551615u", ulong.MaxValue)]
    [TestCase("0u", 0UL)]
    public void An_unsigned_integer_is_read(string text, ulong expected) =>
        Assert.That(Reading.Point($"m v={text}").FindField("v"), Is.EqualTo(FieldValue.Of(expected)));

    [Test]
    public void All_spellings_of_booleans_are_read([Values("t", "T", "true", "True", "TRUE", "f", "F", "false", "False", "FALSE")] string text) =>
        Assert.That(Reading.Point($"m v={text}").FindField("v"), Is.EqualTo(FieldValue.Of(text[0] is 't' or 'T')));

    [TestCase(TimePrecision.Nanoseconds, 7)]
    [TestCase(TimePrecision.Microseconds, 7_000)]
    [TestCase(TimePrecision.Milliseconds, 7_000_000)]
    [TestCase(TimePrecision.Seconds, 7_000_000_000)]
    [TestCase(TimePrecision.Minutes, 420_000_000_000)]
    [TestCase(TimePrecision.Hours, 25_200_000_000_000)]
    public void A_timestamp_counts_in_the_precision_of_the_text(TimePrecision precision, long expected) =>
        Assert.That(Reading.Point("m v=1 7", precision).Timestamp, Is.EqualTo(expected));

    [TestCase(TimePrecision.Nanoseconds, 1_234_567_891)]
    [TestCase(TimePrecision.Milliseconds, 1_234_000_000)]
    [TestCase(TimePrecision.Seconds, 1_000_000_000)]
    public void A_line_without_a_time_gets_the_received_one_cut_to_the_precision(TimePrecision precision, long expected)
    {
        var reader = new LineReader(new LineScratch(), "m v=1"u8, true, precision);

        reader.Read();

        Assert.That(reader.Timestamp, Is.Null);
        Assert.That(reader.TimestampOr(1_234_567_891), Is.EqualTo(expected));
        Assert.That(reader.TimestampOr(-1), Is.EqualTo(-precision.Nanoseconds()));
    }

    [Test]
    public void Blank_lines_and_comments_are_passed_over()
    {
        var lines = Reading.Lines("\n   \n# comment, with = and \"\r\n\r\n  # another\nm v=1\n#last");

        Assert.That(lines, Is.EqualTo(new[] { "m|v:Float=1|" }));
    }

    [Test]
    public void A_string_may_span_lines_and_the_line_count_goes_on_behind_it()
    {
        var lines = Reading.Lines("m v=\"a\nb\r\nc\" 1\nbad\nm v=2");

        Assert.That(lines, Is.EqualTo(new[] { "m|v:String=a\nb\r\nc|1", "line 4, column 4: a field is expected here", "m|v:Float=2|" }));
    }

    [Test]
    public void A_bad_line_costs_only_itself()
    {
        var lines = Reading.Lines("m v=1\nm v=oops\r\nm,a v=1\nm v=2");

        Assert.That(lines, Is.EqualTo(new[]
        {
            "m|v:Float=1|", "line 2, column 5: 'oops' is no number, boolean or quoted string", "line 3, column 3: the tag 'a' has no '='", "m|v:Float=2|",
        }));
    }

    [Test]
    public void A_lost_quote_costs_only_its_line()
    {
        var lines = Reading.Lines("m v=\"lost\nm v=1\nm v=2");

        Assert.That(lines[1..], Is.EqualTo(new[] { "m|v:Float=1|", "m|v:Float=2|" }));
    }

    [Test]
    public void Series_and_raw_parts_are_the_bytes_as_written()
    {
        var reader = new LineReader(new LineScratch(), @"m\ 1,b=2,a\,=x\= f\ 1=1,s=""q\""""  9"u8);

        reader.Read();

        Assert.That(Encoding.UTF8.GetString(reader.SeriesKey), Is.EqualTo(@"m\ 1,b=2,a\,=x\="));
        Assert.That(reader.SeriesHash, Is.EqualTo(KeyHash.Of(@"m\ 1,b=2,a\,=x\="u8)));
        Assert.That(Encoding.UTF8.GetString(reader.RawMeasurement), Is.EqualTo(@"m\ 1"));
        Assert.That(Encoding.UTF8.GetString(reader.RawTagKey(1)), Is.EqualTo(@"a\,"));
        Assert.That(Encoding.UTF8.GetString(reader.RawTagValue(0)), Is.EqualTo("2"));
        Assert.That(Encoding.UTF8.GetString(reader.RawTagValue(1)), Is.EqualTo(@"x\="));
        Assert.That(Encoding.UTF8.GetString(reader.RawKey(reader.Fields[0])), Is.EqualTo(@"f\ 1"));
        Assert.That(Encoding.UTF8.GetString(reader.RawText(reader.Fields[1])), Is.EqualTo(@"q\"""));
        Assert.That(reader.Fields[0].KeyEscaped, Is.True);
        Assert.That(reader.Fields[1].KeyEscaped, Is.False);
        Assert.That(reader.Fields[1].TextEscaped, Is.True);
    }

    [Test]
    public void Good_lines_cost_no_allocation()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 2000).Select(i =>
            $"cpu,host=h{i},región=eu\\ west v=12.5,w=3i,x=4u,y=true,z=\"a\\\"b\",long=0.12345678901234567 {i}\n# c\n\n")));
        var scratch = new LineScratch();
        ReadAll(scratch, text);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var sum = ReadAll(scratch, text);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That(sum, Is.EqualTo(2000 * 6));
    }

    private static int ReadAll(LineScratch scratch, byte[] text)
    {
        var fields = 0;
        var reader = new LineReader(scratch, text);
        while (reader.Read())
        {
            fields += reader.IsGood ? reader.Fields.Length : 0;
            _ = reader.SeriesHash;
        }

        return fields;
    }
}
