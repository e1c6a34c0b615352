using NocMonitor.LineProtocol;
using NocMonitor.Probes.Snmp;

namespace NocMonitor.Probes.Tests.Snmp;

public class RoundPointsTests
{
    private RecordedPoints _round = null!;
    private RoundPoints _points = null!;

    [SetUp]
    public void Begin() => (_round, _points) = (new RecordedPoints(), new RoundPoints());

    [Test]
    public void Points_go_to_the_round_that_is_open()
    {
        _points.Open(_round);

        _points.Add(Number(1));

        Assert.That(Numbers(_round), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public void What_comes_between_two_rounds_goes_to_the_next_in_its_order()
    {
        var next = new RecordedPoints();
        _points.Open(_round);
        _points.Close();

        _points.Add(Number(1));
        _points.Add(Number(2));
        _points.Open(next);
        _points.Add(Number(3));

        Assert.That(_round.All, Is.Empty);
        Assert.That(Numbers(next), Is.EqualTo(new[] { 1, 2, 3 }));
    }

    [TestCase(true, TestName = "In_a_round")]
    [TestCase(false, TestName = "And_between_two")]
    public void A_copy_says_what_the_point_said_when_it_was_given(bool isOpen)
    {
        var point = Number(1);
        if (isOpen)
        {
            _points.Open(_round);
        }

        _points.AddCopy(point);
        point.Field("number", 2L);
        _points.Open(_round);

        Assert.That(Numbers(_round), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public void Where_no_round_comes_the_oldest_are_dropped_and_counted()
    {
        for (var number = 0; number < 100_010; number++)
        {
            _points.Add(Number(number));
        }

        _points.Open(_round);

        Assert.That((_points.Dropped, _round.All.Count, Numbers(_round)[0], Numbers(_round)[^1]), Is.EqualTo((10L, 100_000, 10, 100_009)));
    }

    private static Point Number(int number) => new Point("p").Field("number", (long)number);

    private static List<int> Numbers(RecordedPoints points) => [.. points.All.Select(point => (int)point.FindField("number")!.Value.Integer)];
}
