using FsCheck;
using FsCheck.Fluent;
using NocMonitor.LineProtocol;

namespace NocMonitor.TimeSeries.Tests.Support;

/// <summary>Values that break codecs, and columns made of them.</summary>
internal static class Nasty
{
    public static readonly double[] Doubles =
    [
        0.0, -0.0, 1, -1, double.NaN, BitConverter.Int64BitsToDouble(0x7FF0000000000001), BitConverter.Int64BitsToDouble(unchecked((long)0xFFF8000000000123)),
        BitConverter.Int64BitsToDouble(0x7FF0000000000002), double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, -double.Epsilon, 2.2250738585072009e-308,
        double.MaxValue, double.MinValue, 9007199254740991, 9007199254740992, 9007199254740993, 9007199254740994, -9007199254740992, 1e17, 1e22, 1e23, 0.1, 0.3, 0.1 + 0.2,
        1.0 / 3, 57.25, 99.99, 1e-12, 1e-13, 123456789.123456, 0.000001, 4503599627370495.5, 1e300, -1e-300,
    ];

    public static readonly long[] Longs =
    [
        0, 1, -1, long.MaxValue, long.MinValue, long.MaxValue - 1, long.MinValue + 1, 1L << 53, (1L << 53) + 1, int.MaxValue, int.MinValue, 1L << 62, -(1L << 62),
    ];

    /// <summary>Columns of every kind and temper: nasty, random, walking, counting, constant, with steps. Strings are left to the caller.</summary>
    public static Gen<long[]> Column(FieldKind kind) => kind switch
    {
        FieldKind.Float => Gen.OneOf(Floats(), Walk(2), Walk(0), Constant(), WithExceptions()),
        FieldKind.Boolean => Gen.OneOf(Gen.Elements(0L, 1L).ArrayOf(), Constant().Select(column => Array.ConvertAll(column, value => value & 1))),
        _ => Gen.OneOf(Integers(), Counter(), Constant()),
    };

    private static Gen<long[]> Floats() => Gen.OneOf(
            Gen.Elements(Doubles).Select(BitConverter.DoubleToInt64Bits), AnyLong(), ArbMap.Default.GeneratorFor<double>().Select(BitConverter.DoubleToInt64Bits))
        .ArrayOf();

    private static Gen<long[]> Integers() => Gen.OneOf(Gen.Elements(Longs), AnyLong(), Gen.Choose(-1000, 1000).Select(value => (long)value)).ArrayOf();

    private static Gen<long[]> Counter() =>
        from start in Gen.OneOf(Gen.Elements(Longs), AnyLong())
        from steps in Gen.Choose(0, 100_000).ArrayOf()
        select Sums(start, steps);

    private static Gen<long[]> Walk(int scale) =>
        from start in Gen.Choose(-100_000, 100_000)
        from steps in Gen.Choose(-300, 300).ArrayOf()
        select Array.ConvertAll(Sums(start, steps), sum => BitConverter.DoubleToInt64Bits(sum / Math.Pow(10, scale)));

    private static long[] Sums(long start, int[] steps) => Array.ConvertAll(steps, step => unchecked(start += step));

    private static Gen<long[]> WithExceptions() =>
        from walk in Walk(1)
        from at in Gen.Choose(0, 1000)
        from nasty in Gen.Elements(Doubles)
        select Patched(walk, at, nasty);

    private static long[] Patched(long[] walk, int at, double nasty)
    {
        if (walk.Length > 0)
        {
            walk[at % walk.Length] = BitConverter.DoubleToInt64Bits(nasty);
        }

        return walk;
    }

    private static Gen<long[]> Constant() =>
        from value in AnyLong()
        from count in Gen.Choose(0, 300)
        select Enumerable.Repeat(value, count).ToArray();

    private static Gen<long> AnyLong() =>
        from low in Gen.Choose(int.MinValue, int.MaxValue)
        from high in Gen.Choose(int.MinValue, int.MaxValue)
        select low ^ ((long)high << 32);
}
