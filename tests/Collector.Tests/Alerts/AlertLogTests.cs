using Microsoft.Extensions.Logging;
using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Tests.Rules.Evaluation;
using static NocMonitor.Collector.Tests.Rules.Evaluation.RuleEngineTests;

namespace NocMonitor.Collector.Tests.Alerts;

public class AlertLogTests
{
    private const string Rule = """{ "Name": "r", "Measurement": "m", "Warning": "x > 1", "Critical": "x > 2", "ClearFor": "1 sample" }""";

    [Test]
    public async Task A_database_that_refuses_delays_transitions_and_loses_none()
    {
        await using var stage = await EngineStage.StartAsync(Rule);
        var log = new SignallingLogger();
        stage.Logger = log;
        await stage.RestartAsync();
        await LimitPagesAsync(stage, full: true);

        var write = stage.WriteAsync([.. Enumerable.Range(0, 200).Select(i => $"m,host=h{i},note={new string('x', 500)} x=3 {At(stage, 0)}")]);
        await log.Said.Task;
        var meanwhile = (stage.Transitions().Count, write.IsCompleted);
        await LimitPagesAsync(stage, full: false);
        while (!write.IsCompleted)
        {
            stage.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await write;
        Assert.That(meanwhile, Is.EqualTo((0, false)));
        Assert.That((stage.Transitions().Count, stage.Pages().Count), Is.EqualTo((200, 200)));
    }

    [Test]
    public async Task Acknowledging_is_on_the_timeline_and_a_worse_severity_ends_it()
    {
        await using var stage = await EngineStage.StartAsync(Rule);
        await stage.WriteAsync($"m,host=a x=2 {At(stage, 0)}");
        var id = stage.Alerts.List(new AlertFilter()).Single().Id;

        var found = await stage.Log.AcknowledgeAsync(id, "anna", "looking at it", default);
        var unknown = await stage.Log.AcknowledgeAsync(id + 1, "anna", "", default);
        var acknowledged = stage.Alerts.Find(id)!.AcknowledgedBy;
        await stage.WriteAsync($"m,host=a x=3 {At(stage, 1)}");

        Assert.That((found, unknown, acknowledged, stage.Alerts.Find(id)!.AcknowledgedBy), Is.EqualTo((true, false, "anna", (string?)null)));
        Assert.That(stage.Alerts.Timeline(id).Select(entry => entry.Kind), Is.EqualTo(new[] { "raised", "acknowledged", "unacknowledged", "escalated" }));
    }

    [Test]
    public async Task An_acknowledged_alert_stays_so_over_a_restart_and_while_it_gets_no_worse()
    {
        await using var stage = await EngineStage.StartAsync(Rule);
        await stage.WriteAsync($"m,host=a x=3 {At(stage, 0)}");
        var id = stage.Alerts.List(new AlertFilter()).Single().Id;
        await stage.Log.AcknowledgeAsync(id, "anna", "", default);

        await stage.RestartAsync();
        await stage.WriteAsync($"m,host=a x=2 {At(stage, 1)}");
        await stage.WriteAsync($"m,host=a x=3 {At(stage, 2)}");

        Assert.That(stage.Alerts.Timeline(id).Select(entry => entry.Kind), Is.EqualTo(new[] { "raised", "acknowledged", "deescalated", "unacknowledged", "escalated" }));
    }

    [Test]
    public async Task A_flapping_alert_is_one_alert_with_one_page_at_its_start_and_one_at_its_end()
    {
        await using var stage = await EngineStage.StartAsync(
            """{ "Name": "r", "Measurement": "m", "Warning": "x > 1", "ClearFor": "1 sample", "FlapChanges": 4, "FlapWithin": "2m" }""");
        for (var i = 0; i < 12; i++)
        {
            await stage.WriteAsync($"m,host=a x={(i % 2 == 0 ? 2 : 0)} {At(stage, i)}");
        }

        var flapping = stage.Alerts.List(new AlertFilter()).Single();
        await stage.WriteAsync($"m,host=a x=0 {At(stage, 100)}");

        Assert.That((flapping.Flapping, stage.Alerts.Find(flapping.Id)!.State), Is.EqualTo((true, "resolved")));
        Assert.That(stage.Pages(), Is.EqualTo(new[] { "firing r a -> noc", "resolved r a -> noc", "firing r a -> noc", "firing r a -> noc", "resolved r a -> noc" }));
    }

    [Test]
    public async Task History_that_is_brought_in_pages_nobody_for_what_was_over_long_ago()
    {
        await using var stage = await EngineStage.StartAsync(Rule);
        const int DaysAgo = -30 * 86_400;
        await stage.WriteAsync($"m,host=a x=3 {At(stage, DaysAgo)}");
        await stage.WriteAsync($"m,host=a x=0 {At(stage, DaysAgo + 60)}");

        await stage.PassAsync(TimeSpan.FromSeconds(61));

        var alert = stage.Alerts.List(new AlertFilter(State: null)).Single();
        Assert.That((alert.State, stage.Pages()), Is.EqualTo(("resolved", Array.Empty<string>())));
        Assert.That(stage.Alerts.Timeline(alert.Id).Select(entry => entry.Kind), Is.EqualTo(new[] { "raised", "held", "cleared" }));
    }

    [Test]
    public async Task What_began_long_ago_and_is_not_known_to_be_over_is_paged_after_a_wait()
    {
        await using var stage = await EngineStage.StartAsync(Rule);
        await stage.WriteAsync($"m,host=a x=3 {At(stage, -30 * 86_400)}");
        var before = stage.Pages();

        await stage.PassAsync(TimeSpan.FromSeconds(61));

        Assert.That((before, stage.Pages()), Is.EqualTo((Array.Empty<string>(), new[] { "firing r a -> noc" })));
    }

    [Test]
    public async Task Alerts_resolved_long_ago_are_forgotten_with_all_that_belongs_to_them()
    {
        await using var stage = await EngineStage.StartAsync(Rule);
        await stage.WriteAsync($"m,host=a x=3 {At(stage, 0)}");
        await stage.WriteAsync($"m,host=a x=0 {At(stage, 1)}");
        await stage.RestartAsync(away: TimeSpan.FromDays(401));

        await stage.WriteAsync("m,host=b x=3");
        await stage.Engine.CheckpointAsync();
        await stage.Engine.FlushAsync();

        Assert.That(stage.Alerts.List(new AlertFilter(State: null)).Select(alert => alert.Host), Is.EqualTo(new[] { "b" }));
        Assert.That(stage.Transitions(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Followers_hear_of_recorded_transitions_until_they_leave()
    {
        await using var stage = await EngineStage.StartAsync(Rule);
        using var follower = stage.Log.Feed.Follow();

        await stage.WriteAsync($"m,host=a x=3 {At(stage, 0)}");

        await foreach (var recorded in follower.ReadAsync(default))
        {
            Assert.That((recorded.Transition.Step.Reason, recorded.Transition.Key.Series), Is.EqualTo((StepReason.Raised, "m,host=a")));
            break;
        }
    }

    /// <summary>Lets the database grow no further, as a full disk does, or lets it grow again.</summary>
    private static async Task LimitPagesAsync(EngineStage stage, bool full) => await stage.Database.WriteAsync(transaction =>
    {
        using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = full ? "PRAGMA max_page_count = 1" : "PRAGMA max_page_count = 1000000";
        command.ExecuteNonQuery();
    }, default);

    private sealed class SignallingLogger : ILogger<AlertLog>
    {
        public TaskCompletionSource Said { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Error)
            {
                Said.TrySetResult();
            }
        }
    }
}
