using System.Globalization;

namespace NocMonitor.LineProtocol.Tests;

public sealed class LineReaderErrorTests
{
    [TestCase(",a=b v=1", 1, "a measurement is expected here")]
    [TestCase("\tm v=1", 1, "a measurement is expected here")]
    [TestCase("m", 2, "a field is expected here")]
    [TestCase("m\tn v=1", 2, "a comma or a space is expected behind measurement and tag values; escape other separators with a backslash")]
    [TestCase("m,a=b=c v=1", 6, "a comma or a space is expected behind measurement and tag values; escape other separators with a backslash")]
    [TestCase("m, v=1", 3, "a tag key is expected behind the comma")]
    [TestCase("m,,a=b v=1", 3, "a tag key is expected behind the comma")]
    [TestCase("m,=b v=1", 3, "a tag key is expected behind the comma")]
    [TestCase("m,a v=1", 3, "the tag 'a' has no '='")]
    [TestCase("m,a= v=1", 5, "the tag 'a' has no value")]
    [TestCase("m,a=,b=c v=1", 5, "the tag 'a' has no value")]
    [TestCase("m,a=1,b=2,a=3 v=1", 11, "the tag 'a' is there twice")]
    [TestCase("m,a=b", 6, "a field is expected here")]
    [TestCase("m ", 3, "a field is expected here")]
    [TestCase("m v=1,", 7, "a field is expected here")]
    [TestCase("m v=1, w=2", 7, "a field key is expected here")]
    [TestCase("m =1", 3, "a field key is expected here")]
    [TestCase("m v", 4, "the field 'v' has no '='")]
    [TestCase("m v 1", 4, "the field 'v' has no '='")]
    [TestCase("m v=", 5, "a field value is expected behind the '='")]
    [TestCase("m v= 1", 5, "a field value is expected behind the '='")]
    [TestCase("m v=abc", 5, "'abc' is no number, boolean or quoted string")]
    [TestCase("m v=+1", 5, "'+1' is no number, boolean or quoted string")]
    [TestCase("m v=NaN", 5, "'NaN' is no number, boolean or quoted string")]
    [TestCase("m v=-inf", 5, "'-inf' is no float")]
    [TestCase("m v=-Infinity", 5, "'-Infinity' is no float")]
    [TestCase("m v=.", 5, "'.' is no float")]
    [TestCase("m v=-", 5, "'-' is no float")]
    [TestCase("m v=1e", 5, "'1e' is no float")]
    [TestCase("m v=1.2.3", 5, "'1.2.3' is no float")]
    [TestCase("m v=1x,w=2", 5, "'1x' is no float")]
    [TestCase("m v=1\t", 5, "'1\\x09' is no float")]
    [TestCase("m v=1e400", 5, "'1e400' is out of range")]
    [TestCase("m v=1.5i", 5, "'1.5i' is no integer")]
    [TestCase("m v=-i", 5, "'-i' is no integer")]
    [TestCase("m v=9223372036854775808i", 5, "'9223372036854775808i' is out of range")]
    [TestCase("m v=-9223372036854775809i", 5, "'-9223372036854775809i' is out of range")]
    [TestCase("m v=-1u", 5, "'-1u' is no unsigned integer")]
    [TestCase("m v=18446744073709551616u", 5, "'18446744073709551616u' is out of range")]
    [TestCase("m v=tRUE", 5, "'tRUE' is no boolean")]
    [TestCase("m v=true1", 5, "'true1' is no boolean")]
    [TestCase("m v=\"a\"b", 8, "'b' behind a field value; a comma, a space or the end of the line is expected")]
    [TestCase("m v=\"a\"\"b\"", 8, "'\"' behind a field value; a comma, a space or the end of the line is expected")]
    [TestCase("m v=1 x", 7, "'x' is no timestamp")]
    [TestCase("m v=1 1.5", 7, "'1.5' is no timestamp")]
    [TestCase("m v=1 -", 7, "'-' is no timestamp")]
    [TestCase("m v=1 9223372036854775808", 7, "the timestamp '9223372036854775808' is out of range")]
    [TestCase("m v=1 1 2", 9, "text behind the timestamp")]
    [TestCase("# a\tb", 4, "a comment holds a control character")]
    [TestCase("   m v=?", 8, "'?' is no number, boolean or quoted string")]
    public void A_bad_line_has_its_column_and_reason(string line, int column, string reason) =>
        Assert.That(Reading.Error($"m v=1\n{line}\nm v=1"), Is.EqualTo(new LineError(2, column, reason)));

    [Test]
    public void A_string_without_closing_quote_is_pointed_at()
    {
        var error = Reading.Error("m v=1\nm v=\"abc");

        Assert.That((error.Line, error.Column), Is.EqualTo((2, 5)));
        Assert.That(error.Reason, Does.Contain("closing quote"));
    }

    [Test]
    public void A_fault_behind_a_string_of_several_lines_has_the_line_and_column_of_its_own()
    {
        var error = Reading.Error("m v=\"a\nb\",w=x");

        Assert.That((error.Line, error.Column), Is.EqualTo((2, 6)));
    }

    [Test]
    public void Bytes_that_are_not_UTF8_are_pointed_at([Values(0x80, 0xc0, 0xff)] int wrong)
    {
        var reader = new LineReader(new LineScratch(), [.. "m,ä=1 v=\""u8, (byte)wrong, .. "\""u8]);

        reader.Read();

        Assert.That(reader.Error, Is.EqualTo(new LineError(1, 11, "not UTF-8")));
    }

    [Test]
    public void A_timestamp_that_overflows_in_its_precision_is_bad()
    {
        var lines = Reading.Lines("m v=1 9223372036855\nm v=1 -9223372036854\nm v=1 -9223372036855", TimePrecision.Milliseconds);

        Assert.That(lines, Is.EqualTo(new[]
        {
            "line 1, column 7: the timestamp '9223372036855' is out of range", "m|v:Float=1|-9223372036854000000",
            "line 3, column 7: the timestamp '-9223372036855' is out of range",
        }));
    }

    [Test]
    public void A_long_token_is_quoted_in_part()
    {
        var error = Reading.Error($"m v={new string('x', 1000)}");

        Assert.That(error.Reason, Has.Length.LessThan(100).And.Contains("x…'"));
    }

    [Test]
    public void Too_many_tags_or_fields_make_a_bad_line()
    {
        var limits = new LineLimits { MaxTags = 2, MaxFields = 40 };
        var fields = string.Join(',', Enumerable.Range(0, 40).Select(i => string.Create(CultureInfo.InvariantCulture, $"f{i}=1")));

        Assert.That(Reading.Lines($"m,a=1,b=2 {fields}\nm {fields},f0=2", limits: limits), Has.None.StartsWith("line"));
        Assert.That(Reading.Error("m,a=1,b=2,c=3 v=1", limits).Reason, Is.EqualTo("more than 2 tags"));
        Assert.That(Reading.Error($"m {fields},g=1", limits).Reason, Is.EqualTo("more than 40 fields"));
    }

    [Test]
    public void Keys_that_are_there_twice_are_found_in_wide_lines_too([Values(33, 300)] int count)
    {
        var keys = Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"a{i:D3}z")).ToList();
        var tags = string.Join(',', keys.Select(key => $"{key}=1"));
        var limits = new LineLimits { MaxTags = 1000 };

        foreach (var key in keys)
        {
            Assert.That(Reading.Error($"m,{tags},{key}=2 v=1", limits).Reason, Is.EqualTo($"the tag '{key}' is there twice"));
            Assert.That(Reading.Point($"m {tags},{key}=2").FindField(key), Is.EqualTo(FieldValue.Of(2.0)));
        }
    }
}
