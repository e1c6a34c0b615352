using FsCheck;
using FsCheck.Fluent;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Chunks;
using NocMonitor.TimeSeries.Codecs;
using NocMonitor.TimeSeries.Tests.Support;

namespace NocMonitor.TimeSeries.Tests.Chunks;

public class ChunkTests
{
    private static readonly Gen<FieldKind[]> Kinds = Gen.Elements(Enum.GetValues<FieldKind>()).ArrayOf(6);

    private static readonly Gen<SampleBlock> Blocks = Kinds.SelectMany(BlocksOf);

    private static Gen<SampleBlock> BlocksOf(FieldKind[] kinds) =>
        from steps in Gen.OneOf(Gen.Constant(10_000_000_000L).ArrayOf(), Gen.Choose(1, int.MaxValue).Select(step => (long)step).ArrayOf())
        from columns in Gen.CollectToArray(kinds.Select(Column))
        from missing in Gen.Choose(0, 100)
        from seed in Gen.Choose(0, int.MaxValue)
        select Block(steps, kinds, columns, missing, new Random(seed));

    [TestCase(false)]
    [TestCase(true)]
    public void Every_block_comes_back(bool dense) => Prop.ForAll(Blocks.ToArbitrary(), block =>
    {
        var back = new SampleBlock();
        new ChunkReader().Decode(Writer(dense).Encode(block), back);
        return Text(back) == Text(block);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(300));

    [TestCase(false)]
    [TestCase(true)]
    public void Only_the_wanted_fields_are_unpacked(bool dense) => Prop.ForAll(Blocks.ToArbitrary(), block =>
    {
        var back = new SampleBlock();
        new ChunkReader().Decode(Writer(dense).Encode(block), back, [2]);
        return back.Times.SequenceEqual(block.Times) && back.Columns.Length <= 1 && Text(back, 2) == Text(block, 2);
    }).Check(Config.QuickThrowOnFailure);

    [Test]
    public void Any_flipped_bit_is_told() => Prop.ForAll(Blocks.ToArbitrary(), ArbMap.Default.ArbFor<int>(), (block, at) =>
    {
        var chunk = new ChunkWriter().Encode(block).ToArray();
        chunk[(uint)at % chunk.Length] ^= (byte)(1 << (at & 7));
        Assert.That(() => new ChunkReader().Decode(chunk, new SampleBlock()), Throws.InstanceOf<TornDataException>());
    }).Check(Config.QuickThrowOnFailure);

    [Test]
    public void Merging_gives_each_time_once_and_the_later_write_wins() => Prop.ForAll(Kinds.SelectMany(Pairs).ToArbitrary(), pair =>
    {
        var merged = new SampleBlock();
        BlockMerge.Merge(pair.Earlier, pair.Later, merged);
        Assert.That(Text(merged), Is.EqualTo(Text(Overlaid(pair.Earlier, pair.Later))));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Test]
    public void A_regular_hour_costs_next_to_nothing_for_its_times()
    {
        var block = new SampleBlock();
        Fill(block.AddTimes(360), i => StoreStage.Start + (i * 10_000_000_000L));
        Fill(block.ColumnOf(0, FieldKind.Integer, 0).AddRows(360), _ => 42);

        Assert.That(new ChunkWriter().Encode(block).Length, Is.LessThan(60));
    }

    private static Gen<(SampleBlock Earlier, SampleBlock Later)> Pairs(FieldKind[] kinds) =>
        from earlier in BlocksOf(kinds)
        from later in BlocksOf(kinds)
        select (earlier, later);

    private static Gen<long[]> Column(FieldKind kind) => kind == FieldKind.String
        ? Gen.Choose(0, 4).Select(value => (long)value).ArrayOf()
        : Nasty.Column(kind);

    private static SampleBlock Block(long[] steps, FieldKind[] kinds, long[][] columns, int missingPercent, Random random)
    {
        var block = new SampleBlock();
        var texts = new[] { "", "ok", "timed out", "ünïcode ✓", new string('x', 300) }.Select(block.AddText).ToArray();
        var time = StoreStage.Start;
        Fill(block.AddTimes(steps.Length), i => time += steps[i]);
        for (var field = 0; field < kinds.Length && steps.Length > 0; field++)
        {
            var column = block.ColumnOf(field, kinds[field], 0);
            for (var row = 0; row < steps.Length; row++)
            {
                if (columns[field].Length == 0 || random.Next(100) < missingPercent)
                {
                    column.AddMissing(1);
                    continue;
                }

                var bits = columns[field][row % columns[field].Length];
                column.Add(kinds[field] == FieldKind.String ? texts[bits] : bits);
            }
        }

        return block;
    }

    /// <summary>The plain way to merge: a dictionary by time and field.</summary>
    private static SampleBlock Overlaid(SampleBlock earlier, SampleBlock later)
    {
        var rows = new SortedDictionary<long, SortedDictionary<int, FieldValue>>();
        foreach (var block in new[] { earlier, later })
        {
            for (var row = 0; row < block.Count; row++)
            {
                rows.TryAdd(block.Times[row], []);
                foreach (var column in block.Columns.ToArray().Where(column => column.IsPresent(row)))
                {
                    rows[block.Times[row]][column.Field] = block.Value(column, row)!.Value;
                }
            }
        }

        var merged = new SampleBlock();
        foreach (var (time, values) in rows)
        {
            merged.AddTimes(1)[0] = time;
            foreach (var (field, value) in values)
            {
                var column = merged.ColumnOf(field, value.Kind, merged.Count - 1);
                column.AddMissing(merged.Count - 1 - column.Count);
                column.Add(value.Kind == FieldKind.String ? merged.AddText(value.Text) : value.Bits);
            }
        }

        merged.Level();
        return merged;
    }

    private static ChunkWriter Writer(bool dense) => new(dense ? new EntropyPacking() : null);

    private static string Text(SampleBlock block, int? onlyField = null)
    {
        var lines = Enumerable.Range(0, block.Count).Select(row => block.Times[row] + string.Concat(block.Columns.ToArray()
            .Where(column => column.IsPresent(row) && column.Field == (onlyField ?? column.Field))
            .OrderBy(column => column.Field)
            .Select(column => $" {column.Field}:{column.Kind}:{(column.Kind == FieldKind.String ? block.Text(column.Bits[row]) : column.Bits[row])}")));
        return string.Join('\n', lines);
    }

    private static void Fill(Span<long> target, Func<int, long> value)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = value(i);
        }
    }
}
