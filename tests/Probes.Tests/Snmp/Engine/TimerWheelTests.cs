using NocMonitor.Probes.Snmp.Engine;

namespace NocMonitor.Probes.Tests.Snmp.Engine;

public class TimerWheelTests
{
    private const int Tick = 10;

    private readonly List<WheelNode> _due = [];

    [TestCase(1, 10, TestName = "A_deadline_is_never_early")]
    [TestCase(10, 10, TestName = "A_deadline_on_a_tick_is_due_at_it")]
    [TestCase(5_120, 5_120, TestName = "A_whole_turn_ahead_is_a_turn_ahead")]
    [TestCase(51_234, 51_240, TestName = "Many_turns_ahead_is_many_turns_ahead")]
    public void Deadlines(long due, long expected)
    {
        var wheel = new TimerWheel(Tick, 0);
        wheel.Set(new Node(), due);

        wheel.TakeDue(expected - 1, _due);
        Assert.That(_due, Is.Empty);
        wheel.TakeDue(expected, _due);

        Assert.That((_due.Count, wheel.Count, wheel.NextLook), Is.EqualTo((1, 0, long.MaxValue)));
    }

    [Test]
    public void The_next_look_is_never_after_the_first_deadline()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var now = random.NextInt64(100_000);
            var wheel = new TimerWheel(Tick, now);
            var deadlines = Enumerable.Range(0, random.Next(1, 20)).Select(_ => now + random.Next(1, 20_000)).ToList();
            deadlines.ForEach(due => wheel.Set(new Node(), due));

            var looks = 0;
            while (wheel.Count > 0 && looks++ < 1000)
            {
                var look = wheel.NextLook;
                Assert.That(look, Is.LessThan(deadlines.Min() + Tick).And.GreaterThan(now));
                now = look;
                wheel.TakeDue(now, _due);
                Assert.That(_due, Has.Count.EqualTo(deadlines.RemoveAll(due => due <= now)));
            }

            Assert.That(deadlines, Is.Empty);
        }
    }

    [Test]
    public void What_was_taken_off_or_set_anew_is_not_due_at_its_old_time()
    {
        var wheel = new TimerWheel(Tick, 0);
        var nodes = Enumerable.Range(0, 4).Select(_ => new Node()).ToArray();
        foreach (var node in nodes)
        {
            wheel.Set(node, 50);
        }

        wheel.Remove(nodes[1]);
        wheel.Remove(nodes[1]);
        wheel.Set(nodes[2], 500);
        wheel.TakeDue(50, _due);

        Assert.That(_due, Is.EquivalentTo(new[] { nodes[0], nodes[3] }));
        Assert.That(wheel.Count, Is.EqualTo(1));
    }

    [Test]
    public void After_standing_still_for_many_turns_everything_is_due_once()
    {
        var wheel = new TimerWheel(Tick, 0);
        for (var due = 1; due <= 10_000; due += 7)
        {
            wheel.Set(new Node(), due);
        }

        var count = wheel.Count;
        wheel.TakeDue(1_000_000, _due);

        Assert.That((_due.Distinct().Count(), wheel.Count), Is.EqualTo((count, 0)));
    }

    [SetUp]
    public void Clear() => _due.Clear();

    private sealed class Node : WheelNode;
}
