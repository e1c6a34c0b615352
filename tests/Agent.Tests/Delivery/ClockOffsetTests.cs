using NocMonitor.Agent.Delivery;

namespace NocMonitor.Agent.Tests.Delivery;

public class ClockOffsetTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly Random _random = new(5);

    [Test]
    public void Without_an_answer_nothing_is_known()
    {
        Assert.That(new ClockOffset().Milliseconds, Is.Null);
    }

    [TestCase(0)]
    [TestCase(300)]
    public void Clocks_that_agree_to_less_than_a_second_are_not_said_to_differ_by_more_than_that(double offset)
    {
        Assert.That(After(12, offset).Milliseconds, Is.InRange(-200, 500));
    }

    [TestCase(5_000)]
    [TestCase(-90_000)]
    [TestCase(1_500)]
    public void Some_answers_find_the_offset_to_a_fraction_of_a_second(double offset)
    {
        Assert.That(After(12, offset).Milliseconds, Is.EqualTo(offset).Within(250));
    }

    [Test]
    public void After_a_step_of_a_clock_the_new_answers_count()
    {
        var clock = After(12, 60_000);

        Note(clock, 3, 0);

        Assert.That(clock.Milliseconds, Is.EqualTo(0).Within(1000));
    }

    [Test]
    public void An_answer_without_a_date_or_over_a_step_of_the_clock_tells_nothing()
    {
        var clock = new ClockOffset();

        clock.Note(Start, Start.AddSeconds(1), null);
        clock.Note(Start, Start.AddSeconds(-1), Start);
        clock.Note(Start, Start.AddHours(1), Start);

        Assert.That(clock.Milliseconds, Is.Null);
    }

    private ClockOffset After(int answers, double offset)
    {
        var clock = new ClockOffset();
        Note(clock, answers, offset);
        return clock;
    }

    private void Note(ClockOffset clock, int answers, double offsetMs)
    {
        for (var i = 0; i < answers; i++)
        {
            var there = Start.AddMilliseconds((i * 10_000) + _random.Next(0, 1000));
            var here = there.AddMilliseconds(offsetMs);
            var date = DateTimeOffset.FromUnixTimeSeconds(there.ToUnixTimeSeconds());
            clock.Note(here.AddMilliseconds(-2), here.AddMilliseconds(2), date);
        }
    }
}
