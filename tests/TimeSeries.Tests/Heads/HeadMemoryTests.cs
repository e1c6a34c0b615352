using NocMonitor.TimeSeries.Heads;

namespace NocMonitor.TimeSeries.Tests.Heads;

public class HeadMemoryTests
{
    private const long Burst = HeadArrays.FewestKept * 4;

    [Test]
    public void What_a_flush_of_all_heads_gives_back_is_kept_for_those_that_fill_up_next()
    {
        var memory = new HeadMemory(limit: Burst * 4);

        FillAndFlush(memory, Burst);

        Assert.That(memory.Arrays.Kept, Is.InRange(Burst / 2, Burst));
    }

    [Test]
    public void What_is_kept_follows_what_the_heads_held_in_this_lap_and_the_one_before()
    {
        var memory = new HeadMemory(limit: Burst * 4);
        FillAndFlush(memory, Burst);

        memory.BeginLap();
        var afterOne = memory.Arrays.Kept;
        memory.BeginLap();

        Assert.That(afterOne, Is.InRange(Burst / 2, Burst));
        Assert.That(memory.Arrays.Kept, Is.LessThanOrEqualTo(HeadArrays.FewestKept));
    }

    [Test]
    public void No_more_than_half_the_limit_is_kept()
    {
        var memory = new HeadMemory(limit: Burst);

        FillAndFlush(memory, Burst);

        Assert.That(memory.Arrays.Kept, Is.LessThanOrEqualTo(Burst / 2));
    }

    [Test]
    public void In_quiet_times_nothing_is_kept()
    {
        var memory = new HeadMemory(limit: Burst * 4);
        FillAndFlush(memory, Burst);

        memory.ReleaseIdle();

        Assert.That(memory.Arrays.Kept, Is.Zero);
    }

    private static void FillAndFlush(HeadMemory memory, long bytes)
    {
        var rows = new List<long[]>();
        while (memory.Bytes < bytes)
        {
            rows.Add(memory.Arrays.Rent(1 << 16));
            memory.Add(rows[^1].Length * sizeof(long));
        }

        foreach (var array in rows)
        {
            memory.Arrays.Return(array);
            memory.Add(-array.Length * sizeof(long));
        }
    }
}
