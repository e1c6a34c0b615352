using NocMonitor.Collector.Notify;
using NocMonitor.Collector.Notify.Outbox;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Notify.Outbox;

public class SendPipelineTests
{
    private static readonly OutboxOptions Options = new()
    {
        FirstRetry = TimeSpan.FromSeconds(5),
        LongestRetry = TimeSpan.FromMinutes(5),
        MaxAge = TimeSpan.FromHours(24),
        BreakAfter = 2,
        BreakFor = TimeSpan.FromSeconds(15),
        KeepEnded = TimeSpan.FromDays(90),
    };

    [Test]
    public async Task Nothing_is_let_through_for_a_while_after_some_failures_in_a_row()
    {
        var time = new ManualTimeProvider();
        using var away = new AwayNotifier();
        var pipeline = new SendPipeline(away, TimeSpan.FromSeconds(10), Options, time);
        await pipeline.SendAsync(SomeAlert.Notification(SomeAlert.Firing()), default);
        var afterOne = pipeline.HeldBack;
        await pipeline.SendAsync(SomeAlert.Notification(SomeAlert.Firing()), default);

        Assert.That((afterOne, pipeline.HeldBack), Is.EqualTo((TimeSpan.Zero, Options.BreakFor)));

        time.Advance(TimeSpan.FromSeconds(14));
        Assert.That(pipeline.HeldBack, Is.EqualTo(TimeSpan.FromSeconds(1)));
        var refused = await pipeline.SendAsync(SomeAlert.Notification(SomeAlert.Firing()), default);
        Assert.That((refused.Reason, away.Tries), Is.EqualTo(("not tried: too many tries failed in a row", 2)));

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(pipeline.HeldBack, Is.EqualTo(TimeSpan.Zero));
        await pipeline.SendAsync(SomeAlert.Notification(SomeAlert.Firing()), default);
        Assert.That((away.Tries, pipeline.HeldBack), Is.EqualTo((3, Options.BreakFor)));
    }

    private sealed class AwayNotifier : INotifier
    {
        public int Tries { get; private set; }

        public ValueTask<SendResult> SendAsync(Notification notification, CancellationToken token)
        {
            Tries++;

            // A long pause asked for keeps the pipeline from its own quick tries.
            return ValueTask.FromResult(SendResult.Temporary("away", TimeSpan.FromMinutes(1)));
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
