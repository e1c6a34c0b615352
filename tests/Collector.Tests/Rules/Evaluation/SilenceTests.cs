using NocMonitor.Collector.Alerts;

namespace NocMonitor.Collector.Tests.Rules.Evaluation;

public class SilenceTests
{
    private const string Rules =
        """
        { "Name": "agent.silent", "Measurement": "agent", "NoData": "warning after 60s, critical after 180s", "DependsOn": [ "host.down" ],
          "Summary": "agent {{agent}} has sent nothing for {{duration silence}}" },
        { "Name": "host.down", "Measurement": "ping", "Critical": "percent_packet_loss >= 100" },
        { "Name": "cpu.missing", "Measurement": "cpu", "NoData": "critical after 90s" }
        """;

    [Test]
    public async Task An_agent_that_falls_silent_is_a_warning_after_one_minute_and_critical_after_three()
    {
        await using var stage = await EngineStage.StartAsync(Rules);
        await stage.WriteAsync("agent,agent=a1,host=a up=1");

        await stage.PassAsync(TimeSpan.FromSeconds(59));
        var quiet = stage.Transitions().Count;
        await stage.PassAsync(TimeSpan.FromSeconds(1));
        var warning = stage.Transitions()[^1];
        await stage.PassAsync(TimeSpan.FromSeconds(120));

        Assert.That((quiet, warning, stage.Transitions()[^1]), Is.EqualTo(
            (0, "agent.silent a: none -> warning, silent", "agent.silent a: warning -> critical, silent_longer")));
        Assert.That(stage.Alerts.List(new AlertFilter()).Single().Summary, Is.EqualTo("agent a1 has sent nothing for 3m"));
    }

    [Test]
    public async Task Two_beats_end_it()
    {
        await using var stage = await EngineStage.StartAsync(Rules);
        await stage.WriteAsync("agent,agent=a1,host=a up=1");
        await stage.PassAsync(TimeSpan.FromSeconds(61));

        await stage.WriteAsync("agent,agent=a1,host=a up=1");
        var one = stage.Pages().Count;
        await stage.PassAsync(TimeSpan.FromSeconds(1));
        await stage.WriteAsync("agent,agent=a1,host=a up=1");

        Assert.That(one, Is.EqualTo(1));
        Assert.That(stage.Pages(), Is.EqualTo(new[] { "firing agent.silent a -> noc", "resolved agent.silent a -> noc" }));
    }

    [Test]
    public async Task A_beat_with_an_old_time_is_a_sign_of_life_all_the_same()
    {
        await using var stage = await EngineStage.StartAsync(Rules);
        await stage.WriteAsync("agent,agent=a1,host=a up=1");
        await stage.PassAsync(TimeSpan.FromSeconds(50));

        await stage.WriteAsync($"agent,agent=a1,host=a up=1 {RuleEngineTests.At(stage, -3600)}");
        await stage.PassAsync(TimeSpan.FromSeconds(50));

        Assert.That(stage.Transitions(), Is.Empty);
    }

    [Test]
    public async Task A_collector_that_was_down_does_not_blame_the_agents()
    {
        await using var stage = await EngineStage.StartAsync(Rules);
        await stage.WriteAsync("agent,agent=a1,host=a up=1");

        await stage.RestartAsync(away: TimeSpan.FromHours(2));
        await stage.PassAsync(TimeSpan.FromSeconds(115));
        var afterStart = stage.Transitions().Count;
        await stage.PassAsync(TimeSpan.FromSeconds(10));

        Assert.That((afterStart, stage.Transitions().Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task An_agent_that_is_silent_after_a_start_is_found_although_it_never_sent_anything_since()
    {
        await using var stage = await EngineStage.StartAsync(Rules);
        await stage.WriteAsync("agent,agent=a1,host=a up=1");
        await stage.RestartAsync();

        await stage.PassAsync(TimeSpan.FromSeconds(121));

        Assert.That(stage.Transitions(), Is.EqualTo(new[] { "agent.silent a: none -> warning, silent" }));
    }

    [Test]
    public async Task A_silent_agent_stays_silent_over_a_restart_and_is_not_told_twice()
    {
        await using var stage = await EngineStage.StartAsync(Rules);
        await stage.WriteAsync("agent,agent=a1,host=a up=1");
        await stage.PassAsync(TimeSpan.FromSeconds(181));
        var before = stage.Pages();

        await stage.RestartAsync();
        await stage.PassAsync(TimeSpan.FromMinutes(6));

        Assert.That(stage.Pages(), Is.EqualTo(before));
        Assert.That(stage.Alerts.List(new AlertFilter()).Single().Severity, Is.EqualTo(Severity.Critical));
    }

    [Test]
    public async Task A_silent_agent_suppresses_the_silence_of_what_it_watched()
    {
        await using var stage = await EngineStage.StartAsync(Rules);
        await stage.WriteAsync("agent,agent=a1,host=a up=1", "cpu,agent=a1,host=a usage_idle=50", "cpu,agent=a2,host=b usage_idle=50");

        await stage.PassAsync(TimeSpan.FromSeconds(100));

        Assert.That(stage.Pages(), Is.EqualTo(new[] { "firing agent.silent a -> noc", "firing cpu.missing b -> noc" }));
        Assert.That(stage.Alerts.List(new AlertFilter(Rule: "cpu.missing", Host: "a")).Single().WaitsFor, Is.EqualTo("agent.silent"));
    }

    [Test]
    public async Task A_host_that_is_down_explains_the_silence_of_its_agent()
    {
        await using var stage = await EngineStage.StartAsync(Rules);
        await stage.WriteAsync("agent,agent=a1,host=a up=1", "ping,agent=a2,host=a percent_packet_loss=100");

        await stage.PassAsync(TimeSpan.FromSeconds(70));

        Assert.That(stage.Pages(), Is.EqualTo(new[] { "firing host.down a -> noc" }));
    }
}
