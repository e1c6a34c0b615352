using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using NocMonitor.Probes.Exec;

namespace NocMonitor.Probes.Tests.Exec;

public class PerformanceDataReaderTests
{
    [TestCase("load1=0.010;5.000;9.000;0; load5=0.060;5.000;9.000;0;", "load1=0.01 w0:5 c0:9 min0 | load5=0.06 w0:5 c0:9 min0")]
    [TestCase("time=0.001s;;;0.000;10 size=337B;;;0", "time=0.001s min0 max10 | size=337B min0")]
    [TestCase("'/ used'=4kB;;;0;9", "/ used=4kB min0 max9")]
    [TestCase("'it''s a disk'=5%;80;90", "it's a disk=5% w0:80 c0:90")]
    [TestCase("'a=b'=1", "a=b=1")]
    [TestCase("'Bob's disk'=5", "Bob's disk=5")]
    [TestCase("x=U;1;2", "x=U w0:1 c0:2")]
    [TestCase("x=U%;1 y=Ums", "x=U% w0:1 | y=Ums")]
    [TestCase("state=UP x=1", "x=1")]
    [TestCase("offset=nan;60;120 y=-inf", "offset=U w0:60 c0:120 | y=U")]
    [TestCase("'x'=", "x=U")]
    [TestCase("x=;1;2;3;4", "x=U w0:1 c0:2 min3 max4")]
    [TestCase("x=1;;2", "x=1 c0:2")]
    [TestCase("x=1;@10:20;~:5", "x=1 w@10:20 c~:5")]
    [TestCase("x=0,35;1,5;2,5", "x=0.35 w0:1.5 c0:2.5")]
    [TestCase("x=1.234.567,8B", "x=1234567.8B")]
    [TestCase("x=1,234,567", "x=1234567")]
    [TestCase("x=-1.5e-3s", "x=-0.0015s")]
    [TestCase("x=+5", "x=5")]
    [TestCase("x=5 %;80;90", "x=5% w0:80 c0:90")]
    [TestCase("x = 5;80", "x=5 w0:80")]
    [TestCase("x=5; 80; 90; 0; 100 y=1", "x=5 w0:80 c0:90 min0 max100 | y=1")]
    [TestCase("x=5%;80%;90%;0%;100%", "x=5% w0:80 c0:90 min0 max100")]
    [TestCase("used space=5 free space=6", "used space=5 | free space=6")]
    [TestCase("a=1, b=2,c=3", "a=1 | b=2 | c=3")]
    [TestCase("a=1\tb=2;3", "a=1 | b=2 w0:3")]
    [TestCase("a=1;;;;;; b=2", "a=1 | b=2")]
    [TestCase("a=1;bogus;2", "a=1 c0:2")]
    [TestCase("a=b c=3", "c=3")]
    [TestCase("=5 a=1", "a=1")]
    [TestCase("'unclosed a=1", "unclosed a=1")]
    [TestCase("'a'=1;;;0; Job 'b' [state: done], time '2026-05-06' 'c'=2", "a=1 min0 | c=2")]
    [TestCase("'a'=1;;;0; Memory 'Physical memory' usage : 1266544 / 2014256", "a=1 min0")]
    [TestCase("no items here", "")]
    [TestCase("", "")]
    public void Reads(string line, string expected) => Assert.That(Describe(line), Is.EqualTo(expected));

    [TestCase("a=b", 1)]
    [TestCase("a=1;x;y", 2)]
    [TestCase("=5", 1)]
    [TestCase("a=1", 0)]
    [TestCase("a=U;;;U;U", 0)]
    public void Counts_what_cannot_be_read(string line, int malformed)
    {
        var reader = new PerformanceDataReader(line);
        while (reader.TryRead(out _))
        {
        }

        Assert.That(reader.Malformed, Is.EqualTo(malformed));
    }

    [Test]
    public void A_well_formed_item_reads_as_it_was_written()
    {
        var labels = Gen.Elements("load1", "a b", "it's", "C:\\ used", "a=b", "µ°", "x'y'z").ToArbitrary();
        var numbers = ArbMap.Default.ArbFor<NormalFloat>();

        Check.QuickThrowOnFailure(Prop.ForAll(labels, numbers, (label, number) =>
        {
            var text = number.Get.ToString("R", CultureInfo.InvariantCulture);
            var reader = new PerformanceDataReader($"'{label.Replace("'", "''", StringComparison.Ordinal)}'={text}s;~:{text};@{text}:;{text};{text}");

            return reader.TryRead(out var item)
                && item.Label == label && item.Value == number.Get && item.Unit == "s"
                && item.Warning == new PerformanceRange(double.NegativeInfinity, number.Get, false)
                && item.Critical == new PerformanceRange(number.Get, double.PositiveInfinity, true)
                && item.Minimum == number.Get && item.Maximum == number.Get;
        }));
    }

    [Test]
    public void No_prefix_and_no_scrap_of_a_line_throws()
    {
        const string line = "'it''s a'=-1,5e-3ms;@~:10;5:;0;100 b=U;;;;; 'c' = 5 %; 80 ;x 'd=1 =;'";
        for (var end = 0; end <= line.Length; end++)
        {
            for (var start = 0; start <= end; start++)
            {
                Describe(line[start..end]);
            }
        }
    }

    [TestCase("'")]
    [TestCase("' ")]
    [TestCase("a ")]
    [TestCase("''=")]
    [TestCase("a=1;")]
    [TestCase(" 'a")]
    [CancelAfter(10_000)]
    public void A_line_made_to_be_slow_is_not(string piece) =>
        Assert.That(() => Describe(string.Concat(Enumerable.Repeat(piece, 65_536 / piece.Length))), Throws.Nothing);

    private static string Describe(string line)
    {
        var words = new List<string>();
        var reader = new PerformanceDataReader(line);
        while (reader.TryRead(out var item))
        {
            words.Add(string.Create(CultureInfo.InvariantCulture, $"{item.Label}={(item.Value is { } value ? value : "U")}{item.Unit}")
                + (item.Warning is { } warning ? $" w{warning}" : "") + (item.Critical is { } critical ? $" c{critical}" : "")
                + (item.Minimum is { } low ? $" min{low}" : "") + (item.Maximum is { } high ? $" max{high}" : ""));
        }

        return string.Join(" | ", words);
    }
}
