using NocMonitor.TimeSeries.Heads;

namespace NocMonitor.TimeSeries.Tests.Heads;

public class HeadArraysTests
{
    [Test]
    public void Every_length_fits_with_at_most_half_as_much_again_unused()
    {
        var arrays = new HeadArrays(1 << 20);

        for (var length = 1; length <= 5000; length++)
        {
            var array = arrays.Rent(length);

            Assert.That(array, Has.Length.InRange(length, Math.Max(8, (length * 3 / 2) + 1)));
        }
    }

    [Test]
    public void An_array_given_back_is_taken_again_for_a_length_of_its_class()
    {
        var arrays = new HeadArrays(1 << 20);
        var array = arrays.Rent(100);
        arrays.Return(array);

        Assert.That(arrays.Rent(128), Is.SameAs(array));
    }

    [Test]
    public void No_more_than_the_limit_is_kept()
    {
        var arrays = new HeadArrays(1500);
        var (first, second) = (arrays.Rent(100), arrays.Rent(100));
        arrays.Return(first);
        arrays.Return(second);

        Assert.That(arrays.Rent(100), Is.SameAs(first));
        Assert.That(arrays.Rent(100), Is.Not.SameAs(second));
    }
}
