using NocMonitor.Probes.Ping;

namespace NocMonitor.Probes.Tests.Ping;

public class ThreadTimerTests
{
    [Test, CancelAfter(30_000)]
    public async Task It_fires_once_each_time_it_is_set_from_outside_and_from_its_own_callback(CancellationToken token)
    {
        using var fired = new SemaphoreSlim(0);
        ThreadTimer? timer = null;
        var left = 3;
        timer = new ThreadTimer(TimeProvider.System, "test", () =>
        {
            if (--left > 0)
            {
                timer!.Change(TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
            }

            fired.Release();
        });

        timer.Change(TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        for (var i = 0; i < 3; i++)
        {
            await fired.WaitAsync(token);
        }

        await timer.DisposeAsync();
        Assert.That((left, fired.CurrentCount), Is.EqualTo((0, 0)));
    }

    [Test]
    public void Disposed_it_is_silent()
    {
        var fired = 0;
        var timer = new ThreadTimer(TimeProvider.System, "test", () => fired++);

        timer.Dispose();

        Assert.That((timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan), fired), Is.EqualTo((false, 0)));
    }
}
