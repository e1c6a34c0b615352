using NocMonitor.Collector.Alerts;
using static NocMonitor.Collector.Tests.Rules.Evaluation.RuleEngineTests;

namespace NocMonitor.Collector.Tests.Rules.Evaluation;

public class SuppressionTests
{
    private const string Rules =
        """
        { "Name": "host.down", "Measurement": "ping", "Critical": "percent_packet_loss >= 100", "For": "3 samples" },
        { "Name": "http.status", "Measurement": "http_response", "Critical": "result_code != 0", "DependsOn": [ "host.down" ] }
        """;

    [Test]
    public async Task A_child_of_a_firing_parent_is_recorded_and_not_paged()
    {
        await using var stage = await EngineStage.StartAsync(Rules);
        await stage.WriteAsync(Down(stage, 0, 1, 2));

        await stage.WriteAsync(Failed(stage, 3));

        Assert.That(stage.Pages(), Is.EqualTo(new[] { "firing host.down a -> noc" }));
        var child = stage.Alerts.List(new AlertFilter(Rule: "http.status")).Single();
        Assert.That((child.Page, child.WaitsFor), Is.EqualTo((PageState.Suppressed, "host.down")));
        Assert.That(stage.Alerts.Timeline(child.Id)[^1].Text, Is.EqualTo("not paged: host.down fires"));
    }

    [Test]
    public async Task Parent_and_child_of_one_batch_are_one_page()
    {
        await using var stage = await EngineStage.StartAsync(Rules);

        await stage.WriteAsync([Failed(stage, 3), .. Down(stage, 0, 1, 2)]);

        Assert.That(stage.Pages(), Is.EqualTo(new[] { "firing host.down a -> noc" }));
    }

    [Test]
    public async Task A_child_waits_while_its_parent_is_pending_and_is_suppressed_when_that_fires()
    {
        await using var stage = await EngineStage.StartAsync(Rules);
        await stage.WriteAsync(Down(stage, 0));

        await stage.WriteAsync(Failed(stage, 1));
        var held = stage.Pages().Count;
        await stage.WriteAsync(Down(stage, 2, 3));

        Assert.That(held, Is.Zero);
        Assert.That(stage.Pages(), Is.EqualTo(new[] { "firing host.down a -> noc" }));
    }

    [Test]
    public async Task A_child_pages_as_soon_as_its_pending_parent_proves_well()
    {
        await using var stage = await EngineStage.StartAsync(Rules);
        await stage.WriteAsync(Down(stage, 0));
        await stage.WriteAsync(Failed(stage, 1));

        await stage.WriteAsync(Up(stage, 2));

        Assert.That(stage.Pages(), Is.EqualTo(new[] { "firing http.status a -> noc" }));
    }

    [Test]
    public async Task A_child_waits_for_a_pending_parent_no_longer_than_a_minute()
    {
        await using var stage = await EngineStage.StartAsync(Rules);
        await stage.WriteAsync(Down(stage, 0));
        await stage.WriteAsync(Failed(stage, 1));

        await stage.PassAsync(TimeSpan.FromSeconds(59));
        var early = stage.Pages().Count;
        await stage.PassAsync(TimeSpan.FromSeconds(2));

        Assert.That((early, stage.Pages().Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task A_suppressed_child_that_still_fires_pages_after_its_parent_resolved()
    {
        await using var stage = await EngineStage.StartAsync(Rules);
        await stage.WriteAsync(Down(stage, 0, 1, 2));
        await stage.WriteAsync(Failed(stage, 3));

        await stage.WriteAsync(Up(stage, 10, 11));
        var before = stage.Pages().Count;
        await stage.WriteAsync(Failed(stage, 12));

        Assert.That(before, Is.EqualTo(2));
        Assert.That(stage.Pages(), Is.EqualTo(new[] { "firing host.down a -> noc", "resolved host.down a -> noc", "firing http.status a -> noc" }));
    }

    [Test]
    public async Task A_suppressed_child_without_further_samples_pages_a_minute_after_its_parent_resolved()
    {
        await using var stage = await EngineStage.StartAsync(Rules);
        await stage.WriteAsync(Down(stage, 0, 1, 2));
        await stage.WriteAsync(Failed(stage, 3));
        await stage.PassAsync(TimeSpan.FromMinutes(3));
        await stage.WriteAsync(Up(stage, 10, 11));

        await stage.PassAsync(TimeSpan.FromSeconds(61));

        Assert.That(stage.Pages()[^1], Is.EqualTo("firing http.status a -> noc"));
    }

    [Test]
    public async Task A_suppressed_child_that_recovers_with_its_parent_is_never_paged()
    {
        await using var stage = await EngineStage.StartAsync(Rules);
        await stage.WriteAsync(Down(stage, 0, 1, 2));
        await stage.WriteAsync(Failed(stage, 3));

        await stage.WriteAsync(Up(stage, 10, 11));
        await stage.WriteAsync(Good(stage, 12), Good(stage, 13));
        await stage.PassAsync(TimeSpan.FromMinutes(2));

        Assert.That(stage.Pages(), Is.EqualTo(new[] { "firing host.down a -> noc", "resolved host.down a -> noc" }));
    }

    [Test]
    public async Task A_parent_of_another_host_suppresses_nothing()
    {
        await using var stage = await EngineStage.StartAsync(Rules);
        await stage.WriteAsync([.. Down(stage, 0, 1, 2).Select(line => line.Replace("host=a", "host=b", StringComparison.Ordinal))]);

        await stage.WriteAsync(Failed(stage, 3));

        Assert.That(stage.Pages(), Is.EqualTo(new[] { "firing host.down b -> noc", "firing http.status a -> noc" }));
    }

    [Test]
    public async Task A_parent_may_call_the_same_thing_by_another_tag()
    {
        await using var stage = await EngineStage.StartAsync(
            """
            { "Name": "if.down", "Measurement": "net", "Critical": "up == 0" },
            { "Name": "if.down.snmp", "Measurement": "interface", "Critical": "up == 0", "DependsOn": [ "if.down by host+interface=ifName" ] }
            """);
        await stage.WriteAsync($"net,host=a,interface=eth0 up=0i {At(stage, 0)}");

        await stage.WriteAsync($"interface,host=a,ifName=eth0 up=0i {At(stage, 1)}", $"interface,host=a,ifName=eth1 up=0i {At(stage, 1)}", $"interface,host=b,ifName=eth0 up=0i {At(stage, 1)}");

        Assert.That(stage.Alerts.List(new AlertFilter(Rule: "if.down.snmp")).Select(alert => $"{alert.Labels["host"]} {alert.Labels["ifName"]} {alert.Page}"),
            Is.EquivalentTo(new[] { "a eth0 Suppressed", "a eth1 Paged", "b eth0 Paged" }));
    }

    [Test]
    public async Task Suppression_holds_over_a_restart()
    {
        await using var stage = await EngineStage.StartAsync(Rules);
        await stage.WriteAsync(Down(stage, 0, 1, 2));
        await stage.WriteAsync(Failed(stage, 3));

        await stage.RestartAsync();
        await stage.WriteAsync(Failed(stage, 13));
        await stage.PassAsync(TimeSpan.FromMinutes(2));

        Assert.That(stage.Pages(), Is.EqualTo(new[] { "firing host.down a -> noc" }));
    }

    [Test]
    public async Task After_a_start_no_child_pages_before_its_parent_was_evaluated()
    {
        await using var stage = await EngineStage.StartAsync(Rules);
        await stage.WriteAsync(Up(stage, 0));
        await stage.RestartAsync();

        await stage.WriteAsync(Failed(stage, 1));
        var held = stage.Pages().Count;
        await stage.WriteAsync(Up(stage, 2));

        Assert.That(held, Is.Zero);
        Assert.That(stage.Pages(), Is.EqualTo(new[] { "firing http.status a -> noc" }));
    }

    [Test]
    public async Task After_a_reload_no_child_pages_before_its_parent_was_evaluated()
    {
        await using var stage = await EngineStage.StartAsync(Rules);
        await stage.WriteAsync(Up(stage, 0));
        await stage.ReloadAsync(Rules);

        await stage.WriteAsync(Failed(stage, 1));
        var held = stage.Pages().Count;
        await stage.WriteAsync(Up(stage, 2));

        Assert.That((held, stage.Pages().Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task A_parent_that_nobody_probes_holds_nothing_up()
    {
        await using var stage = await EngineStage.StartAsync(Rules);

        await stage.WriteAsync(Failed(stage, 1));

        Assert.That(stage.Pages(), Is.EqualTo(new[] { "firing http.status a -> noc" }));
    }

    private static string[] Down(EngineStage stage, params int[] seconds) => [.. seconds.Select(second => $"ping,host=a percent_packet_loss=100 {At(stage, second)}")];

    private static string[] Up(EngineStage stage, params int[] seconds) => [.. seconds.Select(second => $"ping,host=a percent_packet_loss=0 {At(stage, second)}")];

    private static string Failed(EngineStage stage, int second) => $"http_response,host=a,server=x result_code=1i {At(stage, second)}";

    private static string Good(EngineStage stage, int second) => $"http_response,host=a,server=x result_code=0i {At(stage, second)}";
}
