using NocMonitor.TimeSeries.Tests.Support;
using static NocMonitor.TimeSeries.Tests.Support.StoreStage;

namespace NocMonitor.TimeSeries.Tests.Retention;

public class RetentionTests
{
    [Test]
    public async Task Samples_past_their_age_go_by_whole_hours_and_newer_ones_stay()
    {
        await using var stage = new StoreStage(options => options with { Retention = TimeSpan.FromHours(5) });
        await stage.WriteAsync(At(-4 * 3600, "f=1") + At((-3 * 3600) + 5, "f=2") + At(0, "f=3"));
        stage.Store.Compact();
        stage.Time.Advance(TimeSpan.FromHours(2));

        stage.Store.Compact();

        Assert.That(stage.Read("m"), Is.EqualTo([$"{(-3 * 3600) + 5} f=2", "0 f=3"]));
    }

    [Test]
    public async Task Beyond_the_byte_limit_the_oldest_hours_go()
    {
        await using var stage = new StoreStage(options => options with { MaxBytes = 400_000 });
        var random = new Random(1);
        for (var hour = -20; hour < 0; hour++)
        {
            await stage.WriteAsync(string.Concat(Enumerable.Range(0, 3600).Select(second => At((hour * 3600) + second, $"f={random.NextDouble()}"))));
            stage.Store.Compact();
        }

        var seconds = stage.Read("m").Select(row => int.Parse(row.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.That(seconds[^1], Is.EqualTo(-1));
        Assert.That(seconds[0], Is.GreaterThan(-18 * 3600));
        Assert.That(seconds, Has.Count.EqualTo(-seconds[0]));
        Assert.That(new FileInfo(Path.Combine(stage.Folder, "samples.db")).Length, Is.LessThan(500_000));
    }

    [Test]
    public async Task Points_older_than_the_retention_or_far_in_the_future_are_refused_with_the_reason()
    {
        await using var stage = new StoreStage(options => options with { Retention = TimeSpan.FromDays(2), FutureLimit = TimeSpan.FromMinutes(1) });

        var rejects = await stage.WriteAsync(At(-2 * 86400, "f=1") + At((-2 * 86400) - 1, "f=2") + At(60, "f=3") + At(61, "f=4"));

        Assert.That(rejects, Is.EqualTo([
            "point is too old: 2026-01-03 07:59:59Z is more than 2.00:00:00 before it was received",
            "point is in the future: 2026-01-05 08:01:01Z is more than 00:01:00 after it was received"]));
        Assert.That(stage.Read("m"), Has.Count.EqualTo(2));
    }
}
