using FsCheck;
using FsCheck.Fluent;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries.Codecs;
using NocMonitor.TimeSeries.Tests.Support;

namespace NocMonitor.TimeSeries.Tests.Codecs;

public class ColumnPackingTests
{
    private static readonly EntropyPacking Entropy = new();

    [TestCase(FieldKind.Float, false)]
    [TestCase(FieldKind.Float, true)]
    [TestCase(FieldKind.Integer, false)]
    [TestCase(FieldKind.Integer, true)]
    [TestCase(FieldKind.Unsigned, false)]
    [TestCase(FieldKind.Unsigned, true)]
    [TestCase(FieldKind.Boolean, false)]
    [TestCase(FieldKind.Boolean, true)]
    public void Every_column_comes_back_bit_by_bit(FieldKind kind, bool dense) =>
        Prop.ForAll(Nasty.Column(kind).ToArbitrary(), column => RoundTrip(kind, column, dense).Values.SequenceEqual(column))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(400));

    [TestCase(false)]
    [TestCase(true)]
    public void Integer_packing_brings_every_column_back(bool dense) => Holds(Nasty.Column(FieldKind.Integer), values =>
    {
        var output = new ByteWriter();
        IntegerPacking.Encode(values, output, dense ? Entropy : null);
        var input = new ByteReader(output.Written);
        var back = new long[values.Length];
        IntegerPacking.Decode(ref input, back);
        return input.Remaining == 0 && back.SequenceEqual(values);
    });

    [Test]
    public void Xor_packing_brings_every_column_back() => Holds(Nasty.Column(FieldKind.Float), values =>
    {
        var output = new ByteWriter();
        XorPacking.Encode(values, output);
        var back = new long[values.Length];
        XorPacking.Decode(output.Written, back);
        return back.SequenceEqual(values);
    });

    [Test]
    public void Run_packing_brings_every_column_back() => Holds(Nasty.Column(FieldKind.Float), values =>
    {
        var output = new ByteWriter();
        RunPacking.Encode(values, output);
        var input = new ByteReader(output.Written);
        var back = new long[values.Length];
        RunPacking.Decode(ref input, back);
        return back.SequenceEqual(values);
    });

    [Test]
    public void Float_packing_brings_every_column_back_that_it_takes() => Holds(Nasty.Column(FieldKind.Float), values =>
    {
        var output = new ByteWriter();
        if (values.Length == 0 || !FloatPacking.TryEncode(values, output, new ColumnScratch()))
        {
            return output.Length == 0;
        }

        var input = new ByteReader(output.Written);
        var back = new long[values.Length];
        FloatPacking.Decode(ref input, back);
        return back.SequenceEqual(values);
    });

    [TestCase(0.0, nameof(ColumnCodec.Constant))]
    [TestCase(0.01, nameof(ColumnCodec.Decimals))]
    [TestCase(1e-13, nameof(ColumnCodec.Xor))]
    public void The_codec_suits_the_values(double step, string expected)
    {
        var values = Enumerable.Range(0, 200).Select(i => BitConverter.DoubleToInt64Bits(Math.Round(i % 7 * step, 15))).ToArray();

        Assert.That(RoundTrip(FieldKind.Float, values).Codec.ToString(), Is.EqualTo(expected));
    }

    [Test]
    public void Values_that_rarely_change_are_runs()
    {
        var values = Enumerable.Range(0, 2000).Select(i => BitConverter.DoubleToInt64Bits(i < 1000 ? Math.PI : Math.E)).ToArray();

        var (codec, bytes, back) = RoundTrip(FieldKind.Float, values);

        Assert.That((codec, bytes), Is.EqualTo((ColumnCodec.Runs, 20)));
        Assert.That(back, Is.EqualTo(values));
    }

    [Test]
    public void A_percentage_with_two_decimals_takes_little_more_than_a_byte()
    {
        var random = new Random(7);
        var percent = 5000;
        var values = Enumerable.Range(0, 360).Select(_ => BitConverter.DoubleToInt64Bits((percent += random.Next(-200, 201)) / 100.0)).ToArray();

        Assert.That(RoundTrip(FieldKind.Float, values).Bytes / 360.0, Is.LessThan(1.25));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Torn_columns_are_told_and_never_overrun(bool dense) => Holds(Nasty.Column(FieldKind.Float), values =>
    {
        var output = new ByteWriter();
        var codec = ColumnPacking.Encode(FieldKind.Float, values, output, new ColumnScratch(dense ? Entropy : null));
        var torn = output.Written.ToArray();
        for (var i = 0; i < torn.Length; i++)
        {
            torn[i] ^= 0x5A;
            try
            {
                ColumnPacking.Decode(FieldKind.Float, codec, torn.AsSpan(0, torn.Length - (i & 3)), new long[values.Length]);
            }
            catch (TornDataException)
            {
                continue;
            }
        }

        return true;
    });

    private static (ColumnCodec Codec, int Bytes, long[] Values) RoundTrip(FieldKind kind, long[] values, bool dense = false)
    {
        var output = new ByteWriter();
        var codec = ColumnPacking.Encode(kind, values, output, new ColumnScratch(dense ? Entropy : null));
        var back = new long[values.Length];
        ColumnPacking.Decode(kind, codec, output.Written, back);
        return (codec, output.Length, back);
    }

    private static void Holds(Gen<long[]> columns, Func<long[], bool> property) =>
        Prop.ForAll(columns.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(300));
}
