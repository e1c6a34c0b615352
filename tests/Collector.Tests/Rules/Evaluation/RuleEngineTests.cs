using NocMonitor.Collector.Alerts;

namespace NocMonitor.Collector.Tests.Rules.Evaluation;

public class RuleEngineTests
{
    private const string DiskRule =
        """
        { "Name": "fs.space", "Measurement": "disk", "Where": { "fstype": "!tmpfs|overlay" },
          "Warning": "used_percent > 85 and free < 20GB", "WarningClear": "used_percent < 82",
          "Critical": "used_percent > 95 and free < 5GB", "CriticalClear": "used_percent < 92",
          "Summary": "{{path}} on {{host}} is {{used_percent}} % full, {{bytes free}} left", "Runbook": "docs/runbooks/fs.space.md",
          "Labels": { "team": "storage" },
          "Overrides": [ { "Where": { "host": "db*" }, "Warning": "used_percent > 50", "WarningClear": "used_percent < 45" } ] }
        """;

    private const string WebRule =
        """{ "Name": "http.status", "Measurement": "http_response", "Critical": "result_code != 0", "CriticalFor": "3 samples", "Summary": "{{server}}: {{error}}" }""";

    [Test]
    public async Task A_condition_that_holds_is_an_alert_with_texts_labels_a_timeline_and_a_page()
    {
        await using var stage = await EngineStage.StartAsync(DiskRule);

        await stage.WriteAsync("disk,host=web1,path=/var,fstype=ext4 used_percent=97.25,free=4000000000i");

        var alert = stage.Alerts.List(new AlertFilter()).Single();
        Assert.That((alert.Rule, alert.Host, alert.Severity, alert.Summary), Is.EqualTo(
            ("fs.space", "web1", Severity.Critical, "/var on web1 is 97.25 % full, 4 GB left")));
        Assert.That((alert.Value, alert.Threshold, alert.Runbook, alert.Series), Is.EqualTo(
            (97.25, 95.0, "docs/runbooks/fs.space.md", "disk,fstype=ext4,host=web1,path=/var")));
        Assert.That((alert.Labels["team"], alert.Labels["path"], alert.Labels["rule"]), Is.EqualTo(("storage", "/var", "fs.space")));
        Assert.That(stage.Alerts.Timeline(alert.Id).Select(entry => entry.Text), Is.EqualTo(
            new[] { "critical: /var on web1 is 97.25 % full, 4 GB left (97.25 against 95)" }));
        Assert.That(stage.Pages(), Is.EqualTo(new[] { "firing fs.space web1 -> noc" }));
    }

    [Test]
    public async Task Recovery_is_told_to_whoever_was_told_of_the_alert()
    {
        await using var stage = await EngineStage.StartAsync(DiskRule);
        var line = "disk,host=web1,path=/var,fstype=ext4 used_percent={0},free=4000000000i {1}";

        for (var i = 0; i < 6; i++)
        {
            await stage.WriteAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, line, i < 2 ? 97 : 50, At(stage, i)));
        }

        Assert.That(stage.Pages(), Is.EqualTo(new[] { "firing fs.space web1 -> noc", "resolved fs.space web1 -> noc" }));
        Assert.That(stage.Alerts.List(new AlertFilter()), Is.Empty);
        Assert.That(stage.Alerts.List(new AlertFilter(State: null)).Single().State, Is.EqualTo("resolved"));
    }

    [Test]
    public async Task Patterns_and_overrides_choose_what_applies_to_a_series()
    {
        await using var stage = await EngineStage.StartAsync(DiskRule);

        await stage.WriteAsync(
            "disk,host=web1,path=/tmp,fstype=tmpfs used_percent=99,free=1i",
            "disk,host=web1,path=/,fstype=ext4 used_percent=60,free=1i",
            "disk,host=db1,path=/,fstype=ext4 used_percent=60,free=1i");

        Assert.That(stage.Transitions(), Is.EqualTo(new[] { "fs.space db1: none -> warning, raised" }));
    }

    [Test]
    public async Task Samples_of_one_batch_count_one_after_the_other()
    {
        await using var stage = await EngineStage.StartAsync(WebRule);

        await stage.WriteAsync([.. Enumerable.Range(0, 3).Select(i => $"http_response,server=a result_code=1i,error=\"refused\" {At(stage, i)}")]);

        Assert.That(stage.Alerts.List(new AlertFilter()).Single().Summary, Is.EqualTo("a: refused"));
    }

    [Test]
    public async Task A_sample_older_than_the_newest_moves_nothing_and_the_same_one_twice_neither()
    {
        await using var stage = await EngineStage.StartAsync(WebRule);
        await stage.WriteAsync($"http_response,server=a result_code=1i {At(stage, 5)}");

        await stage.WriteAsync($"http_response,server=a result_code=1i {At(stage, 1)}", $"http_response,server=a result_code=1i {At(stage, 2)}");
        await stage.WriteAsync($"http_response,server=a result_code=1i {At(stage, 5)}", $"http_response,server=a result_code=1i {At(stage, 5)}");
        await stage.WriteAsync($"http_response,server=a result_code=1i {At(stage, 6)}");
        var before = stage.Transitions();
        await stage.WriteAsync($"http_response,server=a result_code=1i {At(stage, 7)}");

        Assert.That((before.Count, stage.Transitions().Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task A_series_at_rest_ignores_samples_older_than_its_newest_too()
    {
        await using var stage = await EngineStage.StartAsync("""{ "Name": "r", "Measurement": "m", "Critical": "x > 0" }""");
        await stage.WriteAsync($"m,host=a x=0 {At(stage, 5)}");

        await stage.WriteAsync($"m,host=a x=1 {At(stage, 1)}");

        Assert.That(stage.Transitions(), Is.Empty);
    }

    [Test]
    public async Task Lines_that_share_a_time_bring_each_other_s_fields()
    {
        await using var stage = await EngineStage.StartAsync(
            """
            { "Name": "load", "Measurement": "system", "Warning": "load1 > 5" },
            { "Name": "reboot", "Measurement": "system", "Warning": "uptime < 600" }
            """);

        await stage.WriteAsync($"system,host=a load1=9 {At(stage, 1)}", $"system,host=a uptime=30i {At(stage, 1)}");

        Assert.That(stage.Transitions(), Is.EquivalentTo(new[] { "load a: none -> warning, raised", "reboot a: none -> warning, raised" }));
    }

    [Test]
    public async Task A_tag_that_carries_state_makes_no_other_alert()
    {
        await using var stage = await EngineStage.StartAsync(WebRule);

        await stage.WriteAsync([.. new[] { "timeout", "refused", "dns" }.Select((result, i) => $"http_response,result={result},server=a result_code=1i {At(stage, i)}")]);
        await stage.WriteAsync([.. Enumerable.Range(3, 2).Select(i => $"http_response,result=success,server=a result_code=0i {At(stage, i)}")]);

        Assert.That(stage.Transitions(), Is.EqualTo(new[] { "http.status : none -> critical, raised", "http.status : critical -> none, cleared" }));
    }

    [Test]
    public async Task A_field_that_a_series_learns_later_is_seen()
    {
        await using var stage = await EngineStage.StartAsync("""{ "Name": "r", "Measurement": "m", "Critical": "late > 0" }""");

        await stage.WriteAsync($"m,host=a x=1 {At(stage, 1)}");
        await stage.WriteAsync($"m,host=a x=1,late=1 {At(stage, 2)}");

        Assert.That(stage.Transitions(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task More_than_sixty_four_rules_on_one_measurement_are_all_judged_once_a_sample()
    {
        var rules = string.Join(",\n", Enumerable.Range(0, 150).Select(i => $$"""{ "Name": "r{{i}}", "Measurement": "m", "Critical": "f{{i % 2}} > 0", "For": "2 samples" }"""));
        await using var stage = await EngineStage.StartAsync(rules);

        await stage.WriteAsync($"m,host=a f0=1 {At(stage, 1)}", $"m,host=a f1=1 {At(stage, 1)}", $"m,host=a f0=1,f1=1 {At(stage, 1)}");
        var before = stage.Transitions().Count;
        await stage.WriteAsync($"m,host=a f0=1 {At(stage, 2)}", $"m,host=a f1=1 {At(stage, 2)}");

        Assert.That((before, stage.Transitions().Count), Is.EqualTo((0, 150)));
    }

    [Test]
    public async Task Windows_are_there_again_after_a_restart()
    {
        await using var stage = await EngineStage.StartAsync("""{ "Name": "r", "Measurement": "m", "Critical": "increase(n, 10m) >= 10" }""");
        for (var i = 0; i < 10; i++)
        {
            await stage.WriteAsync($"m,host=a n={i}i {At(stage, i * 10)}");
        }

        await stage.RestartAsync();
        await stage.WriteAsync($"m,host=a n=10i {At(stage, 100)}");

        Assert.That(stage.Transitions(), Is.EqualTo(new[] { "r a: none -> critical, raised" }));
    }

    [Test]
    public async Task A_firing_alert_whose_series_stops_becomes_stale_and_does_not_resolve()
    {
        await using var stage = await EngineStage.StartAsync("""{ "Name": "r", "Measurement": "m", "Critical": "x > 0" }""");
        await stage.WriteAsync("m,host=a x=1");

        await stage.PassAsync(TimeSpan.FromMinutes(6));

        var alert = stage.Alerts.List(new AlertFilter()).Single();
        Assert.That((alert.State, alert.Stale), Is.EqualTo(("firing", true)));
        Assert.That(stage.Pages(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_missing_field_never_moves_state()
    {
        await using var stage = await EngineStage.StartAsync("""{ "Name": "r", "Measurement": "m", "Critical": "x > 0" }""");
        await stage.WriteAsync($"m,host=a x=1,y=1 {At(stage, 1)}");

        await stage.WriteAsync([.. Enumerable.Range(2, 5).Select(i => $"m,host=a y=1 {At(stage, i)}")]);

        Assert.That(stage.Transitions(), Has.Count.EqualTo(1));
    }

    internal static long At(EngineStage stage, int seconds) => ((stage.Time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100) + (seconds * 1_000_000_000L);
}
