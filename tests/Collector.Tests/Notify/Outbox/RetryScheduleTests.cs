using NocMonitor.Collector.Notify.Outbox;
using NocMonitor.Collector.Tests.Hosting;

namespace NocMonitor.Collector.Tests.Notify.Outbox;

public class RetryScheduleTests
{
    private static readonly OutboxOptions Options = TestCollector.Options("""{ "Outbox": { "FirstRetry": "5s", "LongestRetry": "5m" } }""").Notify.Outbox;

    [TestCase(1, null, 5)]
    [TestCase(2, null, 10)]
    [TestCase(4, null, 40)]
    [TestCase(50, null, 300, TestName = "A pause never grows beyond the longest")]
    [TestCase(1, 60, 60, TestName = "What the receiver asks for is heeded")]
    [TestCase(4, 1, 40, TestName = "A receiver cannot ask to be tried sooner")]
    [TestCase(1, 86400, 300, TestName = "A receiver cannot ask to be left alone for ever")]
    public void Pauses_double_within_a_fifth_of_jitter(int attempts, int? asked, int seconds)
    {
        var random = new Random(1);

        var pauses = Enumerable.Range(0, 200)
            .Select(_ => RetrySchedule.Pause(Options, attempts, asked is { } wish ? TimeSpan.FromSeconds(wish) : null, random).TotalSeconds).ToArray();

        Assert.That(pauses, Has.All.InRange(seconds * 0.8, seconds * 1.2));
        Assert.That(pauses.Distinct().Count(), Is.GreaterThan(100));
    }
}
