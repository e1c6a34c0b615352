using NocMonitor.TimeSeries.Heads;

namespace NocMonitor.TimeSeries.Tests.Heads;

public class HeadArraysTests
{
    [Test]
    public void Every_length_fits_with_at_most_half_as_much_again_unused()
    {
        var arrays = new HeadArrays();

        for (var length = 1; length <= 5000; length++)
        {
            var array = arrays.Rent(length);

            Assert.That(array, Has.Length.InRange(length, Math.Max(8, (length * 3 / 2) + 1)));
        }
    }

    [Test]
    public void An_array_given_back_is_taken_again_for_a_length_of_its_class()
    {
        var arrays = new HeadArrays();
        var array = arrays.Rent(100);
        arrays.Return(array);

        Assert.That(arrays.Rent(128), Is.SameAs(array));
    }

    [Test]
    public void What_lies_unused_is_bounded_and_the_bound_can_be_raised()
    {
        var arrays = new HeadArrays();
        var third = (int)(HeadArrays.FewestKept / sizeof(long) / 3);
        var four = Enumerable.Range(0, 4).Select(_ => arrays.Rent(third)).ToList();

        four.ForEach(arrays.Return);
        var kept = Enumerable.Range(0, 4).Count(_ => four.Contains(arrays.Rent(third)));
        arrays.KeepUpTo(HeadArrays.FewestKept * 2);
        four.ForEach(arrays.Return);
        var keptThen = Enumerable.Range(0, 4).Count(_ => four.Contains(arrays.Rent(third)));

        Assert.That((kept, keptThen), Is.EqualTo((2, 4)));
    }

    [Test]
    public void A_lower_bound_lets_go_of_the_largest_arrays_at_once()
    {
        var arrays = new HeadArrays();
        arrays.KeepUpTo(HeadArrays.FewestKept * 4);
        var small = arrays.Rent(100);
        List<long[]> large = [.. Enumerable.Range(0, 3).Select(_ => arrays.Rent((int)(HeadArrays.FewestKept / sizeof(long) / 2)))];
        large.ForEach(arrays.Return);
        arrays.Return(small);

        arrays.KeepUpTo(0);

        Assert.That(arrays.Kept, Is.InRange(1, HeadArrays.FewestKept));
        Assert.That(arrays.Rent(100), Is.SameAs(small));
    }
}
