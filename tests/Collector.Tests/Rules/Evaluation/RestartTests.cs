using static NocMonitor.Collector.Tests.Rules.Evaluation.RuleEngineTests;

namespace NocMonitor.Collector.Tests.Rules.Evaluation;

/// <summary>Nothing is lost and nothing doubled over an end and a start, an end at the worst moment included.</summary>
public class RestartTests
{
    private const string Rule = """{ "Name": "r", "Measurement": "m", "Critical": "x > 0", "For": "1m" }""";

    [Test]
    public async Task A_pending_clock_goes_on_over_a_restart()
    {
        await using var stage = await EngineStage.StartAsync(Rule);
        await stage.WriteAsync($"m,host=a x=1 {At(stage, 0)}");

        await stage.RestartAsync();
        await stage.WriteAsync($"m,host=a x=1 {At(stage, 59)}");
        var early = stage.Transitions().Count;
        await stage.WriteAsync($"m,host=a x=1 {At(stage, 60)}");

        Assert.That((early, stage.Transitions().Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task A_count_of_samples_goes_on_over_a_restart()
    {
        await using var stage = await EngineStage.StartAsync("""{ "Name": "r", "Measurement": "m", "Critical": "x > 0", "For": "3 samples" }""");
        await stage.WriteAsync($"m,host=a x=1 {At(stage, 0)}");
        await stage.RestartAsync();
        await stage.WriteAsync($"m,host=a x=1 {At(stage, 1)}");
        await stage.RestartAsync();

        await stage.WriteAsync($"m,host=a x=1 {At(stage, 2)}");

        Assert.That(stage.Transitions(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_alert_stays_open_over_a_restart_and_resolves_after_it()
    {
        await using var stage = await EngineStage.StartAsync("""{ "Name": "r", "Measurement": "m", "Critical": "x > 0" }""");
        await stage.WriteAsync($"m,host=a x=1 {At(stage, 0)}");

        await stage.RestartAsync();
        await stage.WriteAsync($"m,host=a x=1 {At(stage, 1)}");
        await stage.WriteAsync($"m,host=a x=0 {At(stage, 2)}");
        await stage.RestartAsync();
        await stage.WriteAsync($"m,host=a x=0 {At(stage, 3)}");

        Assert.That(stage.Pages(), Is.EqualTo(new[] { "firing r a -> noc", "resolved r a -> noc" }));
    }

    [Test]
    public async Task What_was_committed_and_not_evaluated_is_evaluated_at_the_next_start()
    {
        await using var stage = await EngineStage.StartAsync("""{ "Name": "r", "Measurement": "m", "Critical": "x > 0", "For": "2 samples" }""");
        await stage.WriteAsync($"m,host=a x=1 {At(stage, 0)}");

        (await stage.CommitAsync($"m,host=a x=1 {At(stage, 1)}")).Dispose();
        (await stage.CommitAsync($"m,host=a x=0 {At(stage, 2)}")).Dispose();
        await stage.RestartAsync();
        await stage.WriteAsync($"m,host=a x=0 {At(stage, 3)}");

        Assert.That(stage.Transitions(), Is.EqualTo(new[] { "r a: none -> critical, raised", "r a: critical -> none, cleared" }));
    }

    [Test]
    public async Task Evaluating_a_part_of_the_log_again_doubles_nothing()
    {
        await using var stage = await EngineStage.StartAsync("""{ "Name": "r", "Measurement": "m", "Critical": "x > 0", "ClearFor": "1 sample" }""");
        foreach (var i in Enumerable.Range(0, 6))
        {
            await stage.WriteAsync($"m,host=a x={i % 2} {At(stage, i)}");
        }

        var before = stage.Transitions();
        await stage.Engine.CheckpointAsync();
        await stage.Engine.FlushAsync();
        await stage.Database.WriteAsync(transaction =>
        {
            using var command = transaction.Connection!.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "UPDATE progress SET sequence = 2 WHERE name = 'evaluated'";
            command.ExecuteNonQuery();
        }, default);
        await stage.RestartWithoutCheckpointAsync();

        Assert.That(stage.Transitions(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_backlog_that_arrives_after_a_restart_is_older_than_what_was_seen_before()
    {
        await using var stage = await EngineStage.StartAsync("""{ "Name": "r", "Measurement": "m", "Critical": "x > 0" }""");
        await stage.WriteAsync($"m,host=a x=0 {At(stage, 0)}");
        await stage.RestartAsync();

        await stage.WriteAsync($"m,host=a x=1 {At(stage, -50)}");
        var backlog = stage.Transitions().Count;
        await stage.WriteAsync($"m,host=a x=1 {At(stage, 1)}");

        Assert.That((backlog, stage.Transitions().Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task What_is_committed_and_on_its_way_does_not_make_the_batch_before_it_old()
    {
        await using var stage = await EngineStage.StartAsync("""{ "Name": "r", "Measurement": "m", "Critical": "x > 0", "For": "2 samples" }""");
        await stage.WriteAsync($"m,host=a x=0 {At(stage, -100)}");
        await stage.RestartAsync();

        var first = await stage.CommitAsync($"m,host=a x=1 {At(stage, -20)}");
        var second = await stage.CommitAsync($"m,host=a x=1 {At(stage, -10)}");
        await stage.Engine.EvaluateAsync(first);
        await stage.Engine.EvaluateAsync(second);
        await stage.Engine.FlushAsync();

        Assert.That(stage.Transitions(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_backlog_that_is_replayed_is_older_than_what_was_seen_before()
    {
        await using var stage = await EngineStage.StartAsync("""{ "Name": "r", "Measurement": "m", "Critical": "x > 0" }""");
        await stage.WriteAsync($"m,host=a x=0 {At(stage, 100)}");

        (await stage.CommitAsync($"m,host=a x=1 {At(stage, 50)}")).Dispose();
        await stage.RestartAsync();

        Assert.That(stage.Transitions(), Is.Empty);
    }

    [Test]
    public async Task An_alert_whose_rule_is_gone_at_the_next_start_resolves()
    {
        await using var stage = await EngineStage.StartAsync("""{ "Name": "r", "Measurement": "m", "Critical": "x > 0" }""");
        await stage.WriteAsync("m,host=a x=1");

        await stage.RestartAsync("""{ "Name": "other", "Measurement": "m", "Critical": "x > 100" }""");

        Assert.That(stage.Transitions(), Is.EqualTo(new[] { "r a: none -> critical, raised", "r a: critical -> none, rule_removed" }));
        Assert.That(stage.Pages(), Is.EqualTo(new[] { "firing r a -> noc", "resolved r a -> noc" }));
    }

    [Test]
    public async Task A_reload_keeps_the_state_of_rules_that_stay_and_ends_that_of_others()
    {
        await using var stage = await EngineStage.StartAsync(
            """
            { "Name": "stays", "Measurement": "m", "Critical": "x > 0", "For": "1m" },
            { "Name": "fires", "Measurement": "m", "Critical": "x > 0" },
            { "Name": "goes", "Measurement": "m", "Critical": "x > 0" }
            """);
        await stage.WriteAsync($"m,host=a x=1 {At(stage, 0)}");

        await stage.ReloadAsync(
            """
            { "Name": "fires", "Measurement": "m", "Critical": "x > 0.5" },
            { "Name": "new", "Measurement": "m", "Critical": "x > 5" },
            { "Name": "stays", "Measurement": "m", "Critical": "x > 0", "For": "1m" }
            """);
        await stage.WriteAsync($"m,host=a x=1 {At(stage, 60)}");

        Assert.That(stage.Transitions(), Is.EqualTo(new[]
        {
            "fires a: none -> critical, raised", "goes a: none -> critical, raised", "goes a: critical -> none, rule_removed", "stays a: none -> critical, raised",
        }));
    }

    [Test]
    public async Task A_reload_does_not_make_old_samples_new()
    {
        const string rule = """{ "Name": "r", "Measurement": "m", "Critical": "x > 0" }""";
        await using var stage = await EngineStage.StartAsync(rule);
        await stage.WriteAsync($"m,host=a x=0 {At(stage, 100)}");

        await stage.ReloadAsync(rule);
        await stage.WriteAsync($"m,host=a x=1 {At(stage, 50)}");

        Assert.That(stage.Transitions(), Is.Empty);
    }

    [Test]
    public async Task An_alert_point_is_written_for_every_transition_even_when_the_collector_died_before_it_could()
    {
        await using var stage = await EngineStage.StartAsync("""{ "Name": "r", "Measurement": "m", "Critical": "x > 0", "ClearFor": "1 sample" }""");
        await stage.WriteAsync($"m,host=a,site=b x=1 {At(stage, 0)}");
        await stage.WriteAsync($"m,host=a,site=b x=0 {At(stage, 1)}");

        await stage.RestartAsync();
        await stage.Points.WriteAsync(default);

        Assert.That(stage.Store.Index.Find("alerts").Select(series => series.Key.ToString()), Is.EquivalentTo(new[] { "alerts,host=a,rule=r,severity=critical,site=b" }));
        Assert.That(stage.ReadTexts("alerts", "state"), Is.EqualTo(new[] { "firing", "resolved" }));
    }

    [Test]
    public async Task The_newest_point_of_each_series_of_alerts_tells_what_fires_when_the_severity_changed_too()
    {
        await using var stage = await EngineStage.StartAsync("""{ "Name": "r", "Measurement": "m", "Warning": "x > 0", "Critical": "x > 10", "ClearFor": "1 sample" }""");
        await stage.WriteAsync($"m,host=a x=1 {At(stage, 0)}");
        await stage.WriteAsync($"m,host=a x=11 {At(stage, 1)}");

        await stage.Points.WriteAsync(default);

        Assert.That(
            stage.Store.Index.Find("alerts").Select(series => series.Key.ToString()),
            Is.EquivalentTo(new[] { "alerts,host=a,rule=r,severity=critical", "alerts,host=a,rule=r,severity=warning" }));
        Assert.That(stage.ReadTexts("alerts", "state"), Is.EquivalentTo(new[] { "firing", "replaced", "firing" }));
    }
}
