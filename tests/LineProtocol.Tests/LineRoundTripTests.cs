using System.Buffers;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace NocMonitor.LineProtocol.Tests;

public sealed class LineRoundTripTests
{
    private static readonly Gen<string> Text =
        Gen.Elements(" ,=\\\"#\n\r\t\0\u007fabzä€0.\ud83d\udd25i".EnumerateRunes().Select(rune => rune.ToString()).ToArray())
            .ListOf().Select(parts => string.Concat(parts));

    private static readonly Gen<FieldValue> Value = Gen.OneOf(
        ArbMap.Default.GeneratorFor<double>().Where(double.IsFinite).Select(FieldValue.Of),
        ArbMap.Default.GeneratorFor<long>().Select(FieldValue.Of),
        ArbMap.Default.GeneratorFor<long>().Select(bits => FieldValue.Of(BitConverter.Int64BitsToDouble(bits))).Where(value => double.IsFinite(value.Float)),
        ArbMap.Default.GeneratorFor<int>().Select(cents => FieldValue.Of(cents / 100.0)),
        ArbMap.Default.GeneratorFor<ulong>().Select(FieldValue.Of),
        ArbMap.Default.GeneratorFor<bool>().Select(FieldValue.Of),
        Text.Select(FieldValue.Of));

    private static readonly Gen<Point> Points =
        from measurement in Text
        from tags in Pair(Text).ListOf()
        from fields in Pair(Value).ListOf()
        from time in ArbMap.Default.GeneratorFor<long?>()
        select Build(measurement, tags, fields, time);

    [Test]
    public void What_is_written_reads_back_as_the_writable_form_of_the_point() =>
        Prop.ForAll(Points.ToArbitrary(), point => RoundTrip(point)).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [TestCase(1234567.5)]
    [TestCase(1000000)]
    [TestCase(999999)]
    [TestCase(123456789012345)]
    [TestCase(-1e15)]
    [TestCase(0.0001)]
    [TestCase(-0.00001)]
    [TestCase(double.MaxValue)]
    [TestCase(double.Epsilon)]
    public void Floats_of_all_sizes_read_back_bit_for_bit(double value)
    {
        var point = new Point("m").Field("v", value);

        Assert.That(Reading.Point(point.ToString()).FindField("v"), Is.EqualTo(FieldValue.Of(value)));
    }

    private static Gen<(string Key, T Value)> Pair<T>(Gen<T> values) => from key in Text from value in values select (key, value);

    private static Point Build(string measurement, IEnumerable<(string Key, string Value)> tags, IEnumerable<(string Key, FieldValue Value)> fields, long? time)
    {
        var point = new Point(measurement) { Timestamp = time };
        foreach (var (key, value) in tags)
        {
            point.Tag(key, value);
        }

        foreach (var (key, value) in fields)
        {
            point.Field(key, value);
        }

        return point;
    }

    private static bool RoundTrip(Point point)
    {
        var output = new ArrayBufferWriter<byte>();
        if (!LineWriter.Write(output, point))
        {
            return Writable(point) is null;
        }

        var reader = new LineReader(new LineScratch(), output.WrittenSpan);
        return reader.Read() && reader.IsGood && Reading.DescribeSorted(reader.ToPoint()) == Reading.DescribeSorted(Writable(point)!) && !reader.Read();
    }

    /// <summary>What the format can carry of a point, told another way than the writer does it; null when nothing.</summary>
    private static Point? Writable(Point point)
    {
        var writable = new Point(Clean(point.Measurement)) { Timestamp = point.Timestamp };
        foreach (var group in point.Tags.Where(tag => Clean(tag.Key) != "" && Clean(tag.Value) != "").GroupBy(tag => Clean(tag.Key)))
        {
            writable.Tag(group.Key, Clean((group.FirstOrDefault(tag => tag.Key == group.Key) is { Key: not null } exact ? exact : group.First()).Value));
        }

        foreach (var (key, value) in point.Fields.Where(field => Clean(field.Key) != ""))
        {
            writable.Field(Clean(key), value);
        }

        return writable.Measurement is "" or ['#', ..] || writable.Fields.Count == 0 ? null : writable;
    }

    private static string Clean(string name) =>
        string.Concat(name.Select(c => c < ' ' || c == '\u007f' ? ' ' : c)).TrimEnd('\\').ToString(CultureInfo.InvariantCulture);
}
