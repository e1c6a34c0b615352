using FsCheck;
using FsCheck.Fluent;
using NocMonitor.TimeSeries.Codecs;

namespace NocMonitor.TimeSeries.Tests.Codecs;

public class EntropyPackingTests
{
    private readonly EntropyPacking _packing = new();

    [Test]
    public void Whatever_it_takes_comes_back() =>
        Prop.ForAll(Columns().ToArbitrary(), values =>
        {
            var output = new ByteWriter();
            if (!_packing.TryEncode(values, long.MaxValue, output))
            {
                return output.Length == 0;
            }

            output.Byte(0xA5);
            var input = new ByteReader(output.Written);
            var back = new long[values.Length];
            EntropyPacking.Decode(ref input, back);
            return input.Remaining == 1 && input.Byte() == 0xA5 && back.SequenceEqual(values);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(600));

    [TestCase(1000, 0.4, 0.05, TestName = "A value that is rarely another one takes a fraction of a bit more than one")]
    [TestCase(1000, 2.05, 1.0, TestName = "Steps about one wide take about two bits")]
    [TestCase(100_000, 8.69, 100.0, TestName = "Steps about a hundred wide take about nine bits")]
    [TestCase(100_000, 28.6, 1e8, TestName = "Steps about a hundred million wide take about 29 bits")]
    public void It_comes_close_to_the_entropy_of_normal_steps(int count, double entropy, double deviation)
    {
        var random = new Random(5);
        var values = Enumerable.Range(0, count).Select(_ => (long)Math.Round(Normal(random) * deviation)).ToArray();
        var output = new ByteWriter();

        Assert.That(_packing.TryEncode(values, long.MaxValue, output) || deviation < 0.1, Is.True);
        Assert.That(output.Length * 8.0 / count, Is.LessThan(Math.Max(1.03, entropy + 0.25)));
    }

    [Test]
    public void Nothing_is_written_when_it_would_not_pay()
    {
        var values = Enumerable.Range(0, 100).Select(i => (long)(i & 7)).ToArray();
        var output = new ByteWriter();

        Assert.That(_packing.TryEncode(values, 100, output), Is.False);
        Assert.That(output.Length, Is.Zero);
    }

    [Test]
    public void Codes_that_would_grow_too_long_are_cut_to_the_limit()
    {
        var values = new List<long>();
        var (count, next) = (1, 1);
        for (var bucket = 0; bucket < 20; bucket++)
        {
            values.AddRange(Enumerable.Repeat((long)bucket, count));
            (count, next) = (next, count + next);
        }

        var output = new ByteWriter();
        var back = new long[values.Count];

        Assert.That(_packing.TryEncode(values.ToArray(), long.MaxValue, output), Is.True);
        var input = new ByteReader(output.Written);
        EntropyPacking.Decode(ref input, back);
        Assert.That(back, Is.EqualTo(values));
    }

    [Test]
    public void Every_prefix_and_every_changed_byte_is_told_or_decoded_without_overrun()
    {
        var random = new Random(11);
        var values = Enumerable.Range(0, 300).Select(_ => (long)(Normal(random) * 40)).ToArray();
        var output = new ByteWriter();
        _packing.TryEncode(values, long.MaxValue, output);
        var whole = output.Written.ToArray();
        var told = 0;

        for (var length = 0; length < whole.Length; length++)
        {
            told += IsTold(whole.AsSpan(0, length), values.Length) ? 1 : 0;
            var changed = whole.ToArray();
            changed[length] ^= (byte)random.Next(1, 256);
            IsTold(changed, values.Length);
        }

        Assert.That(told, Is.EqualTo(whole.Length), "every prefix lacks at least the last value");
    }

    private static bool IsTold(ReadOnlySpan<byte> torn, int count)
    {
        try
        {
            var input = new ByteReader(torn);
            EntropyPacking.Decode(ref input, new long[count]);
            return false;
        }
        catch (TornDataException)
        {
            return true;
        }
    }

    private static Gen<long[]> Columns() =>
        from scale in Gen.Choose(0, 62)
        from offset in Gen.Choose(int.MinValue, int.MaxValue)
        from shape in Gen.Choose(1, 4)
        from seeds in Gen.Choose(0, 1 << 20).ArrayOf()
        select Array.ConvertAll(seeds, seed => unchecked(((long)offset << (scale / 2)) + (long)(Math.Pow(seed / (double)(1 << 20), shape) * Math.Pow(2, scale))));

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
