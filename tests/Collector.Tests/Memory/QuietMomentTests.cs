using NocMonitor.Collector.Memory;

namespace NocMonitor.Collector.Tests.Memory;

public class QuietMomentTests
{
    private const long Burst = QuietMoment.WorthwhileBytes + 1;

    [Test]
    public void Memory_is_given_back_at_the_first_quiet_reading_after_a_burst()
    {
        var moment = new QuietMoment();

        Assert.That(Readings(moment, Burst, Burst, Burst + QuietMoment.QuietBytes, Burst + QuietMoment.QuietBytes), Is.EqualTo(new[] { false, true, false, false }));
    }

    [Test]
    public void A_steady_load_is_never_interrupted()
    {
        var moment = new QuietMoment();
        var readings = Enumerable.Range(1, 500).Select(i => i * (QuietMoment.QuietBytes + 1)).ToArray();

        Assert.That(Readings(moment, readings), Has.All.False);
    }

    [Test]
    public void A_little_work_leaves_nothing_worth_a_pause()
    {
        var moment = new QuietMoment();

        Assert.That(Readings(moment, QuietMoment.QuietBytes, QuietMoment.WorthwhileBytes - 1, QuietMoment.WorthwhileBytes - 1), Has.All.False);
    }

    [Test]
    public void Bursts_in_a_row_share_one_pause()
    {
        var moment = new QuietMoment();
        var readings = new List<long> { Burst, Burst };
        for (var i = 0; i < QuietMoment.RestReadings - 1; i++)
        {
            readings.Add(2 * Burst);
        }

        readings.Add(2 * Burst);
        var answers = Readings(moment, [.. readings]);

        Assert.That(answers.Count(answer => answer), Is.EqualTo(1));
        Assert.That(moment.Observe(2 * Burst), Is.True);
    }

    private static bool[] Readings(QuietMoment moment, params long[] allocated) => [.. allocated.Select(moment.Observe)];
}
