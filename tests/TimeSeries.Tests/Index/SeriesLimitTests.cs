using NocMonitor.TimeSeries.Tests.Support;

namespace NocMonitor.TimeSeries.Tests.Index;

public class SeriesLimitTests
{
    [Test]
    public async Task An_agent_that_brings_too_many_series_is_named_and_others_go_on()
    {
        await using var stage = new StoreStage(options => options with { MaxSeriesPerOrigin = 2 });

        var rejects = await stage.WriteAsync("m,id=1 f=1\nm,id=2 f=1\nm,id=3 f=1\nm,id=2 f=2", "web01");
        var others = await stage.WriteAsync("m,id=3 f=1\nm,id=1 f=3", "web02");

        Assert.That(rejects, Is.EqualTo(["series limit reached: \"web01\" has brought 2 series and may bring no more"]));
        Assert.That(others, Is.Empty);
    }

    [Test]
    public async Task A_full_store_names_the_agent_that_brought_the_most()
    {
        await using var stage = new StoreStage(options => options with { MaxSeries = 3 });
        await stage.WriteAsync("m,id=1 f=1\nm,id=2 f=1", "greedy");
        await stage.WriteAsync("m,id=3 f=1", "modest");

        var rejects = await stage.WriteAsync("m,id=4 f=1", "late");

        Assert.That(rejects, Is.EqualTo(["series limit reached: the store holds 3 series; the most, 2, came from \"greedy\""]));
    }

    [Test]
    public async Task Limits_count_over_a_restart()
    {
        await using var stage = new StoreStage(options => options with { MaxSeriesPerOrigin = 2 });
        await stage.WriteAsync("m,id=1 f=1\nm,id=2 f=1", "web01");
        await stage.ReopenAsync();

        Assert.That(await stage.WriteAsync("m,id=3 f=1", "web01"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_measurement_has_a_limit_of_fields_and_a_key_one_of_bytes()
    {
        await using var stage = new StoreStage(options => options with { MaxFieldsPerMeasurement = 2, MaxKeyBytes = 64 });

        var rejects = await stage.WriteAsync($"m a=1,b=2\nm c=3\nn c=1\nlong,tag={new string('x', 64)} a=1");

        Assert.That(rejects, Is.EqualTo(["too many fields: measurement \"m\" may have 2", "series key too long: 73 bytes where 64 are allowed"]));
        Assert.That(stage.Store.Index.Measurements, Is.EqualTo(["m", "n"]));
    }
}
