using NocMonitor.TimeSeries.Index;

namespace NocMonitor.TimeSeries.Tests.Index;

public class OrdinalOrderTests
{
    [TestCase(3, TestName = "Few texts")]
    [TestCase(5000, TestName = "Many texts")]
    public void Texts_come_in_ordinal_order(int count) => AssertOrder(Enumerable.Range(0, count).Select(i => $"host_{i * 7919 % 5003}"));

    [Test]
    public void Texts_that_differ_far_behind_come_in_order() => AssertOrder(Enumerable.Range(0, 600).Select(i => $"a{i % 2}-the-same-for-all-of-them-{(i * 31) % 601}"));

    [Test]
    public void A_text_that_another_begins_with_comes_first_and_zeros_count_as_letters() =>
        AssertOrder(Enumerable.Range(0, 300).SelectMany(i => new[] { $"x{i}", $"x{i}\0", $"x{i}\0\0y", "x", "" }));

    [Test]
    public void Letters_of_any_script_come_by_their_code_units()
    {
        var random = new Random(5);
        string[] letters = ["a", "é", "ÿ", "Ā", "ж", "語", "\ud83d\ude00", "\uffff", "\0"];

        AssertOrder(Enumerable.Range(0, 2000).Select(_ => string.Concat(Enumerable.Range(0, random.Next(7)).Select(_ => letters[random.Next(letters.Length)]))));
    }

    [Test]
    public void Equal_texts_stay_as_many() => AssertOrder(Enumerable.Repeat("same", 1000));

    [TestCase(3)]
    [TestCase(2000)]
    public void What_goes_with_a_text_stays_with_it(int count)
    {
        var texts = Enumerable.Range(0, count).Select(i => $"the-same-{i % 7}-for-all-of-them-{i * 7919 % 5003}").ToArray();
        var places = texts.Select((text, place) => (text, place)).ToDictionary();

        var (sorted, items) = OrdinalOrder.Sort([.. texts], [.. Enumerable.Range(0, count)]);

        Assert.That(sorted, Is.EqualTo(texts.Order(StringComparer.Ordinal)));
        Assert.That(items, Is.EqualTo(sorted.Select(text => places[text])));
    }

    private static void AssertOrder(IEnumerable<string> given)
    {
        var texts = given.ToArray();
        var expected = texts.Order(StringComparer.Ordinal).ToArray();

        var sorted = OrdinalOrder.Sort(texts);

        Assert.That(sorted, Is.EqualTo(expected));
    }
}
