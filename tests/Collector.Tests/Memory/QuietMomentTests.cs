using NocMonitor.Collector.Memory;

namespace NocMonitor.Collector.Tests.Memory;

public class QuietMomentTests
{
    private const long Burst = QuietMoment.WorthwhileBytes * 2;
    private const long Little = QuietMoment.LargestCompacted;
    private const long Much = QuietMoment.LargestCompacted + 1;

    [Test]
    public void Memory_is_given_back_once_when_it_has_been_quiet_for_some_readings_after_a_burst()
    {
        var moment = new QuietMoment();

        Assert.That(Readings(moment, Little, [Burst, .. Quiet(Burst, 5)]), Is.EqualTo(new[]
        {
            ReturnStep.None, ReturnStep.None, ReturnStep.None, ReturnStep.Compact, ReturnStep.None, ReturnStep.None,
        }));
    }

    [Test]
    public void A_large_heap_is_swept_and_compacted_when_the_sweep_has_left_little()
    {
        var moment = new QuietMoment();
        Readings(moment, Much, [Burst, .. Quiet(Burst, 2)]);

        var steps = new[] { Much, Much, Little, Little }.Select(held => moment.Observe(new HeapReading(Burst, held)));

        Assert.That(steps, Is.EqualTo(new[] { ReturnStep.Sweep, ReturnStep.None, ReturnStep.Compact, ReturnStep.None }));
    }

    [Test]
    public void A_heap_that_stays_large_is_never_compacted()
    {
        var moment = new QuietMoment();

        var steps = Readings(moment, Much, [Burst, .. Quiet(Burst, 500)]);

        Assert.That(steps.Distinct(), Is.EquivalentTo(new[] { ReturnStep.None, ReturnStep.Sweep }));
        Assert.That(steps.Count(step => step == ReturnStep.Sweep), Is.EqualTo(1));
    }

    [Test]
    public void What_a_sweep_has_left_is_compacted_in_a_quiet_moment_or_not_at_all()
    {
        var moment = new QuietMoment();
        Readings(moment, Much, [Burst, .. Quiet(Burst, 3)]);
        var busy = Enumerable.Range(1, QuietMoment.ReadingsAfterSweep).Select(i => Burst + (i * (QuietMoment.QuietBytes + 1))).ToArray();

        var steps = Readings(moment, Little, [.. busy, .. Quiet(busy[^1], 5)]);

        Assert.That(steps, Has.All.EqualTo(ReturnStep.None));
    }

    [Test]
    public void A_steady_load_is_never_interrupted()
    {
        var moment = new QuietMoment();
        var readings = Enumerable.Range(1, 500).Select(i => i * (QuietMoment.QuietBytes + 1)).ToArray();

        Assert.That(Readings(moment, Little, readings), Has.All.EqualTo(ReturnStep.None));
    }

    [Test]
    public void A_little_work_leaves_nothing_worth_a_pause()
    {
        var moment = new QuietMoment();

        Assert.That(Readings(moment, Little, Quiet(QuietMoment.WorthwhileBytes - 1, 50)), Has.All.EqualTo(ReturnStep.None));
    }

    [Test]
    public void Bursts_in_a_row_share_one_pause()
    {
        var moment = new QuietMoment();
        Readings(moment, Little, [Burst, .. Quiet(Burst, 3)]);

        var rest = Readings(moment, Little, [2 * Burst, .. Quiet(2 * Burst, QuietMoment.RestReadings - 1)]);

        Assert.That(rest, Has.All.EqualTo(ReturnStep.None));
        Assert.That(moment.Observe(new HeapReading(2 * Burst, Little)), Is.EqualTo(ReturnStep.Compact));
    }

    private static long[] Quiet(long allocated, int readings) => [.. Enumerable.Repeat(allocated, readings)];

    private static ReturnStep[] Readings(QuietMoment moment, long held, params long[] allocated) => [.. allocated.Select(bytes => moment.Observe(new HeapReading(bytes, held)))];
}
