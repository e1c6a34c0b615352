using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Tests.Rules.Evaluation;

/// <summary>Series that the store would forget while rules still speak of them, and series that it has forgotten.</summary>
public class ForgottenSeriesTests
{
    private const string Rules =
        """
        { "Name": "agent.silent", "Measurement": "agent", "NoData": "warning after 60s" },
        { "Name": "host.down", "Measurement": "ping", "Critical": "percent_packet_loss >= 100" }
        """;

    private int _ticks;

    [Test]
    public async Task A_series_with_an_open_alert_stays_until_the_alert_ends()
    {
        await using var stage = await StageAsync();
        await stage.WriteAsync("ping,host=a percent_packet_loss=100");
        var series = Only(stage, "ping");
        stage.Store.Delete([series], long.MinValue, long.MaxValue, drop: true);

        await SettleAsync(stage);
        Assert.That((series.IsForgotten, stage.Transitions()[^1]), Is.EqualTo((false, "host.down a: none -> critical, raised")));
        await stage.Engine.ForgetHostAsync("a");
        await SettleAsync(stage);

        Assert.That(series.IsForgotten, Is.True);
        Assert.That(stage.Transitions()[^1], Is.EqualTo("host.down a: critical -> none, forgotten"));
    }

    [Test]
    public async Task A_series_whose_silence_raises_something_stays_and_its_silence_does()
    {
        await using var stage = await StageAsync();
        await stage.WriteAsync("agent,agent=a1,host=a up=1");
        var series = Only(stage, "agent");
        stage.Store.Delete([series], long.MinValue, long.MaxValue, drop: true);
        await SettleAsync(stage);

        await stage.PassAsync(TimeSpan.FromSeconds(61));
        await SettleAsync(stage);

        Assert.That(series.IsForgotten, Is.False);
        Assert.That(stage.Transitions(), Is.EqualTo(["agent.silent a: none -> warning, silent"]));
    }

    [Test]
    public async Task A_series_that_comes_back_under_another_id_is_judged_as_a_new_one()
    {
        await using var stage = await StageAsync();
        await stage.WriteAsync("ping,host=a percent_packet_loss=0");
        var first = Only(stage, "ping");
        stage.Store.Delete([first], long.MinValue, long.MaxValue, drop: true);
        await SettleAsync(stage);
        await stage.PassAsync(TimeSpan.FromSeconds(2));

        await stage.WriteAsync("ping,host=a percent_packet_loss=100");

        Assert.That((first.IsForgotten, Only(stage, "ping").Id > first.Id), Is.EqualTo((true, true)));
        Assert.That(stage.Transitions(), Is.EqualTo(["host.down a: none -> critical, raised"]));
    }

    private static Task<EngineStage> StageAsync() => EngineStage.StartAsync(Rules);

    private static Series Only(EngineStage stage, string measurement) => stage.Store.Index.Find(measurement)[0];

    /// <summary>The rules' cursor moves, and the store's housekeeping runs before and after the log is cut.</summary>
    private async Task SettleAsync(EngineStage stage)
    {
        for (var round = 0; round < 3; round++)
        {
            await stage.Engine.CheckpointAsync();
            await stage.Engine.FlushAsync();
            stage.Store.Compact();
            for (var commit = 0; commit < 3; commit++)
            {
                await stage.WriteAsync($"tick f={_ticks++}");
            }
        }

        stage.Store.Compact();
    }
}
