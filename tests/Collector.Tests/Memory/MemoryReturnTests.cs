using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NocMonitor.Collector.Ingest;
using NocMonitor.Collector.Memory;
using NocMonitor.Collector.Tests.Hosting;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Memory;

public class MemoryReturnTests
{
    private static readonly HeapReading Burst = new(QuietMoment.WorthwhileBytes * 2, Held: 0);

    [Test]
    public void Pools_are_emptied_once_a_burst_is_over()
    {
        var released = 0;
        using var memory = new MemoryReturn([new IdleMemory(() => released++), new IdleMemory(() => released++)], new ManualTimeProvider(), NullLogger<MemoryReturn>.Instance);

        for (var i = 0; i < QuietMoment.QuietReadings; i++)
        {
            memory.Look(Burst);
        }

        Assert.That(released, Is.Zero);
        memory.Look(Burst);
        Assert.That(released, Is.EqualTo(2));
    }

    [Test]
    public void Pools_are_emptied_again_when_the_sweep_of_a_large_heap_is_done()
    {
        var released = 0;
        using var memory = new MemoryReturn([new IdleMemory(() => released++)], new ManualTimeProvider(), NullLogger<MemoryReturn>.Instance);
        for (var i = 0; i <= QuietMoment.QuietReadings; i++)
        {
            memory.Look(Burst with { Held = QuietMoment.LargestCompacted + 1 });
        }

        memory.Look(Burst);

        Assert.That(released, Is.EqualTo(2));
    }

    [Test]
    public async Task A_collector_writes_on_after_its_pools_were_emptied()
    {
        await using var collector = await TestCollector.StartAsync();
        Assert.That(await collector.WriteAsync("m,host=a v=1\n"), Is.EqualTo(204));
        var pools = collector.App.Services.GetServices<IdleMemory>().ToList();

        pools.ForEach(pool => pool.Release());

        Assert.That(pools, Has.Count.EqualTo(3));
        Assert.That(await collector.WriteAsync("m,host=a v=2\nm,host=b v=3\n"), Is.EqualTo(204));
        Assert.That(collector.App.Services.GetRequiredService<LineIntakePool>().Rented, Is.Zero);
    }
}
