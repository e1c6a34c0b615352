using NocMonitor.Agent.Scheduling;

namespace NocMonitor.Agent.Tests.Scheduling;

public class ProbeScheduleTests
{
    [TestCase(10_000, 0.3)]
    [TestCase(10_000, 15)]
    [TestCase(1_000, 0.9)]
    [TestCase(100, 20)]
    public void A_timer_that_fires_a_little_early_starts_its_round_once(int intervalMs, double earlyMs)
    {
        var schedule = new ProbeSchedule(TimeSpan.FromMilliseconds(intervalMs), 0.37);
        var moment = schedule.NextAfter(TimeSpan.FromHours(1), isFirst: false);

        var next = schedule.NextAfter(moment - TimeSpan.FromMilliseconds(earlyMs), isFirst: false);

        Assert.That(next, Is.EqualTo(moment + schedule.Interval).Within(TimeSpan.FromMicroseconds(1)));
    }

    [Test]
    public void The_first_round_of_every_probe_is_within_five_seconds_and_they_are_spread()
    {
        var delays = Enumerable.Range(0, 100).Select(i => ProbeSchedule.For("agent", $"probe-{i}", TimeSpan.FromMinutes(5)).FirstDelay.TotalSeconds).ToList();

        Assert.That(delays, Has.All.InRange(0, 5));
        Assert.That(Enumerable.Range(0, 5).Select(second => delays.Count(delay => (int)delay == second)), Has.All.InRange(8, 35));
    }

    [Test]
    public void A_probe_of_a_short_interval_starts_within_that_interval()
    {
        var delays = Enumerable.Range(0, 50).Select(i => ProbeSchedule.For("agent", $"probe-{i}", TimeSpan.FromSeconds(1)).FirstDelay.TotalSeconds);

        Assert.That(delays, Has.All.LessThan(1));
    }

    [Test]
    public void The_same_names_give_the_same_phase_and_another_agent_another_one()
    {
        var one = ProbeSchedule.For("agent-1", "ping", TimeSpan.FromSeconds(10));

        Assert.That(ProbeSchedule.For("agent-1", "ping", TimeSpan.FromSeconds(10)), Is.EqualTo(one));
        Assert.That(ProbeSchedule.For("agent-2", "ping", TimeSpan.FromSeconds(10)), Is.Not.EqualTo(one));
    }

    [Test]
    public void A_hundred_agents_that_boot_together_spread_over_the_interval()
    {
        var phases = Enumerable.Range(0, 100).Select(i => ProbeSchedule.For($"web{i:D2}", "cpu", TimeSpan.FromSeconds(10)).Fraction).ToList();

        Assert.That(Enumerable.Range(0, 10).Select(tenth => phases.Count(phase => (int)(phase * 10) == tenth)), Has.All.InRange(2, 22));
    }

    [TestCase(0.3, 0, 3)]
    [TestCase(0.3, 2.9, 3)]
    [TestCase(0.3, 3, 13)]
    [TestCase(0.3, 3.1, 13)]
    [TestCase(0.3, 1000.5, 1003)]
    [TestCase(0.0, 10, 20)]
    public void The_next_round_is_the_next_moment_of_the_phase(double fraction, double now, double expected)
    {
        var schedule = new ProbeSchedule(TimeSpan.FromSeconds(10), fraction);

        Assert.That(schedule.NextAfter(TimeSpan.FromSeconds(now), isFirst: false).TotalSeconds, Is.EqualTo(expected).Within(1e-6));
    }

    [TestCase(0.5, 2.5)]
    [TestCase(0.9, 4.5)]
    [TestCase(0.0, 0)]
    public void From_the_first_round_to_the_second_it_is_half_an_interval_to_one_and_a_half(double fraction, double first)
    {
        var schedule = new ProbeSchedule(TimeSpan.FromSeconds(10), fraction);

        var gap = schedule.NextAfter(TimeSpan.FromSeconds(first), isFirst: true).TotalSeconds - first;

        Assert.That(gap, Is.InRange(5, 15.001));
    }

    [Test]
    public void The_next_round_is_never_now_or_earlier_whatever_rounding_does()
    {
        var random = new Random(7);
        for (var i = 0; i < 100_000; i++)
        {
            var schedule = new ProbeSchedule(TimeSpan.FromTicks(random.NextInt64(1_000_000, TimeSpan.TicksPerDay)), random.NextDouble());
            var now = schedule.NextAfter(TimeSpan.FromTicks(random.NextInt64(0, 100 * TimeSpan.TicksPerDay)), isFirst: false);

            var gap = schedule.NextAfter(now, isFirst: false) - now;

            Assert.That(gap, Is.GreaterThan(schedule.Interval * 0.99).And.LessThan(schedule.Interval * 1.01));
        }
    }
}
