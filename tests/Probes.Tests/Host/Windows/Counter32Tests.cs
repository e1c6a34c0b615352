using NocMonitor.Probes.Host.Windows;

namespace NocMonitor.Probes.Tests.Host.Windows;

public class Counter32Tests
{
    [Test]
    public void A_counter_goes_on_over_its_wraps()
    {
        var counter = default(Counter32);

        long[] values = [counter.Advance(4_000_000_000), counter.Advance(4_294_967_295), counter.Advance(4), counter.Advance(4), counter.Advance(3)];

        Assert.That(values, Is.EqualTo(new[] { 4_000_000_000, 4_294_967_295, 4_294_967_300, 4_294_967_300, 8_589_934_595 }));
    }

    [Test]
    public void A_counter_starts_where_the_system_is()
    {
        var counter = default(Counter32);

        Assert.That(counter.Advance(12), Is.EqualTo(12));
    }

    [Test]
    public void A_table_that_is_too_short_counts_nothing()
    {
        var bytes = new byte[312];
        BitConverter.TryWriteBytes(bytes.AsSpan(80), 1u);
        BitConverter.TryWriteBytes(bytes.AsSpan(96), 2u);
        BitConverter.TryWriteBytes(bytes.AsSpan(296), 3u);

        var whole = new SystemPerformance(bytes);
        var cut = new SystemPerformance(bytes.AsSpan(0, 98));

        Assert.That((whole.PagesRead, whole.PagesWritten, whole.ContextSwitches), Is.EqualTo((1u, 2u, 3u)));
        Assert.That((cut.PagesRead, cut.PagesWritten, cut.ContextSwitches), Is.EqualTo((1u, 0u, 0u)));
    }
}
