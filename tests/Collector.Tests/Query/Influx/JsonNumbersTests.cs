using System.Globalization;
using System.Text;
using NocMonitor.Collector.Query.Influx;

namespace NocMonitor.Collector.Tests.Query.Influx;

public class JsonNumbersTests
{
    [TestCase(0.0)]
    [TestCase(-0.0)]
    [TestCase(1.0)]
    [TestCase(-47.0)]
    [TestCase(0.1)]
    [TestCase(47.833333333333336)]
    [TestCase(5e-324)]
    [TestCase(double.MaxValue)]
    [TestCase(double.Epsilon * 7)]
    [TestCase(0.0078125)]
    [TestCase(999999999999999.9)]
    [TestCase(1e15)]
    [TestCase(1e17)]
    [TestCase(9007199254740992.0)]
    [TestCase(123456789012345680.0)]
    [TestCase(562949953421312.25)]
    [TestCase(562949953421312.125)]
    [TestCase(9.9999999999999982)]
    [TestCase(9007199254740994.0)]
    [TestCase(1e-5)]
    [TestCase(0.00012345)]
    public void A_decimal_reads_as_the_runtime_writes_it(double value) => Assert.That(Written(value), Is.EqualTo(Expected(value)));

    [Test]
    public void Decimals_of_every_size_read_as_the_runtime_writes_them()
    {
        var random = new Random(11);
        Check(100_000, () => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)));
        Check(400_000, () => random.NextDouble() * Math.Pow(2, random.Next(-12, 54)) * (random.Next(2) == 0 ? -1 : 1));
    }

    [Test]
    public void Means_and_rounded_decimals_read_as_the_runtime_writes_them()
    {
        var random = new Random(12);
        Check(200_000, () => random.NextInt64(-1_000_000_000, 1_000_000_000) / (double)random.Next(1, 400));
        Check(200_000, () => random.NextInt64(0, 1L << random.Next(1, 63)) / Math.Pow(10, random.Next(0, 19)));
    }

    [Test]
    public void Neighbours_of_short_decimals_and_of_powers_read_as_the_runtime_writes_them()
    {
        for (var power = -30; power < 60; power++)
        {
            foreach (var center in new[] { Math.Pow(2, power), Math.Pow(10, power / 3), 1.5 * Math.Pow(2, power), 0.3 * Math.Pow(10, power / 3), 5 * Math.Pow(2, power) })
            {
                var bits = BitConverter.DoubleToInt64Bits(center);
                for (var step = -40; step <= 40; step++)
                {
                    var value = BitConverter.Int64BitsToDouble(bits + step);

                    Assert.That(Written(value), Is.EqualTo(Expected(value)));
                }
            }
        }
    }

    [TestCase(0L)]
    [TestCase(9L)]
    [TestCase(10L)]
    [TestCase(-1L)]
    [TestCase(long.MinValue)]
    [TestCase(long.MaxValue)]
    public void A_whole_number_reads_as_the_runtime_writes_it(long value)
    {
        Assert.That(Written(value), Is.EqualTo(value.ToString(CultureInfo.InvariantCulture)));
        Assert.That(Written(unchecked((ulong)value)), Is.EqualTo(unchecked((ulong)value).ToString(CultureInfo.InvariantCulture)));
    }

    [Test]
    public void Whole_numbers_of_every_length_read_as_the_runtime_writes_them()
    {
        for (ulong power = 1; power <= 1_000_000_000_000_000_000; power *= 10)
        {
            foreach (var value in new[] { power - 1, power, power + 1, power * 9, (power * 10) - 1 })
            {
                Assert.That(Written(value), Is.EqualTo(value.ToString(CultureInfo.InvariantCulture)));
            }
        }
    }

    private static void Check(int count, Func<double> next)
    {
        for (var i = 0; i < count; i++)
        {
            var value = next();
            if (double.IsFinite(value) && Written(value) != Expected(value))
            {
                Assert.Fail($"{Expected(value)} is written {Written(value)}");
            }
        }
    }

    private static string Expected(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Written(double value)
    {
        var room = new byte[JsonNumbers.MostBytes];
        return Encoding.ASCII.GetString(room, 0, JsonNumbers.Write(value, room));
    }

    private static string Written(long value)
    {
        var room = new byte[JsonNumbers.MostBytes];
        return Encoding.ASCII.GetString(room, 0, JsonNumbers.Write(value, room));
    }

    private static string Written(ulong value)
    {
        var room = new byte[JsonNumbers.MostBytes];
        return Encoding.ASCII.GetString(room, 0, JsonNumbers.Write(value, room));
    }
}
