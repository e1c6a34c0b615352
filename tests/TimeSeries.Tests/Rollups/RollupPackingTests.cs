using FsCheck;
using FsCheck.Fluent;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Codecs;
using NocMonitor.TimeSeries.Rollups;
using NocMonitor.TimeSeries.Tests.Support;

namespace NocMonitor.TimeSeries.Tests.Rollups;

public class RollupPackingTests
{
    private static readonly FieldKind[] Kinds = [FieldKind.Float, FieldKind.Integer, FieldKind.Unsigned, FieldKind.Boolean];

    private static readonly Gen<SampleBlock> Days =
        from columns in Gen.CollectToArray(Kinds.Select(kind => Nasty.Column(kind)))
        from seed in Gen.Choose(0, int.MaxValue)
        select Day(columns, new Random(seed));

    [Test]
    public void Every_day_comes_back_bit_by_bit() => Prop.ForAll(Days.ToArbitrary(), day =>
        Text(Decoded(new RollupPacking().Encode(day))) == Text(day)).Check(Config.QuickThrowOnFailure.WithMaxTest(1500).WithEndSize(200));

    [Test]
    public void Roll_ups_of_before_are_read_as_those_of_now() => Prop.ForAll(Days.ToArbitrary(), day =>
        Text(Decoded(new ChunkWriter().Encode(day))) == Text(Decoded(new RollupPacking().Encode(day)))).Check(Config.QuickThrowOnFailure);

    [Test]
    public void Only_the_wanted_columns_are_unpacked() => Prop.ForAll(Days.ToArbitrary(), day =>
    {
        var some = Decoded(new RollupPacking().Encode(day), [RollupColumns.PerField + RollupColumns.Count, RollupColumns.PerField + RollupColumns.Max]);
        return some.Columns.ToArray().All(column => column.Field is RollupColumns.PerField + RollupColumns.Count or RollupColumns.PerField + RollupColumns.Max)
            && some.Columns.ToArray().All(column => Text(some, column) == Text(day, day.Find(column.Field)!));
    }).Check(Config.QuickThrowOnFailure);

    [Test]
    public void Any_changed_bit_is_told() => Prop.ForAll(Days.ToArbitrary(), ArbMap.Default.ArbFor<int>(), (day, at) =>
    {
        var packed = new RollupPacking().Encode(day).ToArray();
        packed[(uint)at % packed.Length] ^= (byte)(1 << (at & 7));
        Assert.That(() => Decoded(packed), Throws.InstanceOf<TornDataException>());
    }).Check(Config.QuickThrowOnFailure);

    [Test]
    public void A_day_has_the_bytes_of_the_format_page()
    {
        var day = new SampleBlock();
        var summary = new HourSummary();
        foreach (var (hour, values) in new[] { (491_000L, new[] { 57.25, 57.5, 58 }), (491_001L, [58.25]) })
        {
            var samples = new SampleBlock();
            values.Select((_, i) => (hour * ChunkId.BucketNanoseconds) + i).ToArray().CopyTo(samples.AddTimes(values.Length));
            values.Select(BitConverter.DoubleToInt64Bits).ToArray().CopyTo(samples.ColumnOf(2, FieldKind.Float, 0).AddRows(values.Length));
            summary.AppendTo(day, samples, hour * ChunkId.BucketNanoseconds);
        }

        var bytes = new RollupPacking().Encode(day);

        Assert.That(Convert.ToHexString(bytes[..^4]), Is.EqualTo(
            "0302" + "F0F73B" + "02" // version, two hours; zigzag of 491,000, of 1
            + "01" + "02" + "0C" + "10" // one field, place 2, 12 bytes; a float with two decimals
            + "06" + "BA59" + "4B" + "00" + "15" // three values; 5725 more than 0, largest 75 more, last the largest; sum 17275 is 11 less than 3 * (5725 + 37)
            + "03" + "32" + "00" + "00" + "00")); // two values less, one; 25 more than the last
        Assert.That(BitConverter.ToUInt32(bytes[^4..]), Is.EqualTo(Crc32C.Of(bytes[..^4])));
    }

    private static SampleBlock Day(long[][] columns, Random random)
    {
        var day = new SampleBlock();
        var summary = new HourSummary();
        for (var hour = 0; hour < random.Next(1, 24); hour++)
        {
            var samples = new SampleBlock();
            var rows = random.Next(1, 20);
            Enumerable.Range(0, rows).Select(row => (long)row).ToArray().CopyTo(samples.AddTimes(rows));
            for (var field = 0; field < columns.Length; field++)
            {
                if (columns[field].Length > 0 && random.Next(4) > 0)
                {
                    Enumerable.Range(0, rows).Select(_ => columns[field][random.Next(columns[field].Length)]).ToArray().CopyTo(samples.ColumnOf(field, Kinds[field], 0).AddRows(rows));
                }
            }

            var row = new SampleBlock();
            summary.AppendTo(row, samples, (1000 + hour) * ChunkId.BucketNanoseconds);
            BlockMerge.Append(day, row, 0, 1);
        }

        return day;
    }

    private static SampleBlock Decoded(ReadOnlySpan<byte> packed, int[]? wanted = null)
    {
        var block = new SampleBlock();
        new ChunkReader().Decode(packed, block, wanted);
        return block;
    }

    private static string Text(SampleBlock block) => string.Join(' ', block.Times.ToArray()) + "\n"
        + string.Join('\n', block.Columns.ToArray().Where(column => column.PresentCount > 0).OrderBy(column => column.Field).Select(column => Text(block, column)));

    private static string Text(SampleBlock block, SampleColumn column) =>
        $"{column.Field} {column.Kind}: " + string.Join(' ', Enumerable.Range(0, block.Count).Select(row => column.IsPresent(row) ? $"{column.Bits[row]:X}" : "-"));
}
