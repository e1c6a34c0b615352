using NocMonitor.Probes.Snmp.Engine;

namespace NocMonitor.Probes.Tests.Snmp.Engine;

/// <summary>Timelines: what happens to a limit of 100 varbinds by size (10 bytes each, 1,000 bytes) and what is asked for then.</summary>
public class VarbindLimitTests
{
    [TestCase("", ExpectedResult = 100, TestName = "The_message_size_is_the_first_limit")]
    [TestCase("big100", ExpectedResult = 50, TestName = "Too_big_halves")]
    [TestCase("big100 big50 big25", ExpectedResult = 12, TestName = "Again_and_again")]
    [TestCase("big3 big1", ExpectedResult = 1, TestName = "But_never_to_nothing")]
    [TestCase("only50", ExpectedResult = 50, TestName = "What_was_answered_after_a_timeout_is_remembered")]
    [TestCase("only50 only25 only12 only6", ExpectedResult = 10, TestName = "Losses_do_not_shrink_it_below_ten")]
    [TestCase("big8 only4", ExpectedResult = 4, TestName = "But_do_not_raise_it_either")]
    [TestCase("cut30", ExpectedResult = 30, TestName = "A_shortened_answer_shows_what_the_device_is_able_to")]
    [TestCase("big100 15ok", ExpectedResult = 50, TestName = "Fifteen_good_answers_are_not_enough_to_grow")]
    [TestCase("big100 16ok", ExpectedResult = 56, TestName = "Sixteen_are_and_it_grows_by_an_eighth")]
    [TestCase("big100 10ok big50 10ok", ExpectedResult = 25, TestName = "They_are_counted_anew_after_trouble")]
    [TestCase("only10 16ok 16ok", ExpectedResult = 12, TestName = "Small_ones_grow_by_one")]
    [TestCase("only50 160ok", ExpectedResult = 100, TestName = "Growth_ends_at_the_message_size")]
    [TestCase("big100 500ok", ExpectedResult = 70, TestName = "And_before_what_was_too_big")]
    [TestCase("big100 3000ok", ExpectedResult = 100, TestName = "Which_is_forgotten_in_the_end")]
    public int Limit(string timeline)
    {
        var limit = new VarbindLimit(messageSize: 1064, bytesPerVarbind: 10);
        foreach (var step in timeline.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var number = int.Parse(string.Concat(step.Where(char.IsAsciiDigit)));
            switch (string.Concat(step.Where(char.IsAsciiLetter)))
            {
                case "big":
                    limit.TooMany(number);
                    break;
                case "only":
                    limit.AnsweredOnly(number);
                    break;
                case "cut":
                    limit.Answered(number, number * 10, cut: true);
                    break;
                default:
                    Enumerable.Range(0, number).ToList().ForEach(_ => limit.Answered(20, 200, cut: false));
                    break;
            }
        }

        return limit.Now;
    }

    [Test]
    public void The_size_of_the_devices_values_moves_the_limit()
    {
        var limit = new VarbindLimit(messageSize: 1064, bytesPerVarbind: 10);

        for (var i = 0; i < 100; i++)
        {
            limit.Answered(received: 10, bytes: 1000, cut: false);
        }

        Assert.That(limit.Now, Is.EqualTo(10));
    }

    [Test]
    public void The_first_answer_says_how_large_the_values_are()
    {
        var limit = new VarbindLimit(messageSize: 1064, bytesPerVarbind: 10);

        limit.Answered(received: 5, bytes: 500, cut: false);

        Assert.That(limit.Now, Is.EqualTo(10));
    }

    [Test]
    public void A_start_that_other_tables_taught_doubles_with_each_good_answer()
    {
        var limit = new VarbindLimit(messageSize: 1064, bytesPerVarbind: 10, start: 12);
        var seen = new List<int> { limit.Now };

        for (var i = 0; i < 4; i++)
        {
            limit.Answered(received: 10, bytes: 100, cut: false);
            seen.Add(limit.Now);
        }

        Assert.That(seen, Is.EqualTo([12, 24, 48, 96, 100]));
    }

    [Test]
    public void Trouble_of_its_own_ends_the_doubling()
    {
        var limit = new VarbindLimit(messageSize: 1064, bytesPerVarbind: 10, start: 12);

        limit.Answered(received: 12, bytes: 120, cut: false);
        limit.AnsweredOnly(asked: 12);
        limit.Answered(received: 12, bytes: 120, cut: false);

        Assert.That(limit.Now, Is.EqualTo(12));
    }

    [TestCase(0, 1)]
    [TestCase(1, 2)]
    [TestCase(2, 4)]
    [TestCase(3, 4)]
    [TestCase(10, 4)]
    public void Each_retry_waits_twice_as_long_up_to_four_times(int attempt, int seconds) =>
        Assert.That(RetryPolicy.Wait(TimeSpan.FromSeconds(1), attempt), Is.EqualTo(TimeSpan.FromSeconds(seconds)));
}
