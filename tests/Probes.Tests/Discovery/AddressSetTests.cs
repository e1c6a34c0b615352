using NocMonitor.Probes.Discovery;

namespace NocMonitor.Probes.Tests.Discovery;

public class AddressSetTests
{
    [TestCase("10.0.0.0/30", "", "10.0.0.1-10.0.0.2")]
    [TestCase("10.0.0.77/24", "", "10.0.0.1-10.0.0.254")]
    [TestCase("10.0.0.4/31", "", "10.0.0.4-10.0.0.5")]
    [TestCase("10.0.0.4/32", "", "10.0.0.4")]
    [TestCase("10.0.0.5-10.0.1.2", "", "10.0.0.5-10.0.1.2")]
    [TestCase("10.0.0.5-9", "", "10.0.0.5-10.0.0.9")]
    [TestCase("10.0.0.5,10.0.0.6 , 10.0.0.9", "", "10.0.0.5-10.0.0.6 10.0.0.9")]
    [TestCase("10.0.0.0/24|10.0.0.128/25", "", "10.0.0.1-10.0.0.254")]
    [TestCase("2001:db8::1,2001:db8::3|10.0.0.1", "", "10.0.0.1 2001:db8::1 2001:db8::3")]
    [TestCase("2001:db8::/126", "", "2001:db8::-2001:db8::3")]
    [TestCase("10.0.0.1-9", "10.0.0.3|10.0.0.5-6", "10.0.0.1-10.0.0.2 10.0.0.4 10.0.0.7-10.0.0.9")]
    [TestCase("10.0.0.1-9", "10.0.0.0-4|10.0.0.9-20|192.0.2.1", "10.0.0.5-10.0.0.8")]
    [TestCase("::ffff:10.0.0.1", "", "10.0.0.1")]
    public void Targets_without_excludes_are_ranges_in_order(string targets, string excludes, string expected)
    {
        var set = Parse(targets, excludes, out var errors);

        Assert.That(errors, Is.Empty);
        Assert.That(string.Join(' ', set!.Ranges), Is.EqualTo(expected));
    }

    [TestCase("10.0.0", "", "is no address")]
    [TestCase("10.0.0.0/33", "", "needs a number from 0 to 32")]
    [TestCase("10.0.0.0/", "", "needs a number")]
    [TestCase("10.0.0.9-10.0.0.1", "", "ends before it begins")]
    [TestCase("10.0.0.9-300", "", "has no second address")]
    [TestCase("10.0.0.9-::1", "", "from one family")]
    [TestCase("sw1.example.net", "", "is no address")]
    [TestCase("10.0.0.1", "x", "'x' is no address")]
    [TestCase("10.0.0.1", "10.0.0.0/24", "no address is left")]
    [TestCase("10.0.0.0/8", "", "16777214 addresses, and 65536 are the most")]
    [TestCase("::/0", "", "more than 18446744073709551615 addresses")]
    public void What_is_wrong_is_told(string targets, string excludes, string expected)
    {
        Assert.That(Parse(targets, excludes, out var errors), Is.Null);
        Assert.That(errors, Has.Some.Contains(expected));
    }

    [Test]
    public void Each_index_is_an_address_of_its_own_and_none_is_excluded()
    {
        var random = new Random(3);
        for (var round = 0; round < 200; round++)
        {
            var targets = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Range(random)).ToArray();
            var excludes = Enumerable.Range(0, random.Next(4)).Select(_ => Range(random)).ToArray();
            var expected = Bytes(targets).Except(Bytes(excludes)).Order().Select(last => $"10.0.0.{last}").ToList();

            var set = Parse(string.Join('|', targets), string.Join('|', excludes), out _);

            Assert.That(Enumerable.Range(0, (int)(set?.Count ?? 0)).Select(index => set![index].ToString()), Is.EqualTo(expected));
        }
    }

    private static string Range(Random random) => random.Next(256) is var first ? $"10.0.0.{first}-{random.Next(first, 256)}" : "";

    private static IEnumerable<int> Bytes(IEnumerable<string> ranges) => ranges.Select(range => range["10.0.0.".Length..].Split('-').Select(int.Parse).ToArray())
        .SelectMany(ends => Enumerable.Range(ends[0], ends[1] - ends[0] + 1)).Distinct();

    private static AddressSet? Parse(string targets, string excludes, out List<string> errors)
    {
        errors = [];
        return AddressSet.Parse(targets.Split('|'), excludes.Split('|', StringSplitOptions.RemoveEmptyEntries), AddressSet.UsualMost, errors);
    }
}
