using NocMonitor.Collector.Alerts;
using static NocMonitor.Collector.Tests.Rules.Evaluation.RuleEngineTests;

namespace NocMonitor.Collector.Tests.Rules.Evaluation;

public class GroupRuleTests
{
    private const string Rules =
        """
        { "Name": "host.down", "Measurement": "ping", "Critical": "percent_packet_loss >= 100", "ClearFor": "1 sample", "DependsOn": [ "site.down by site" ] },
        { "Name": "site.down", "Group": "count(host.down) by site", "Warning": "count >= 2", "Critical": "count >= 2 and count / total > 0.5", "ClearFor": "1 sample",
          "Summary": "{{count}} of {{total}} hosts of {{site}} are down" },
        { "Name": "cluster.busy", "Group": "avg(cpu.usage) by cluster", "Warning": "value > 80 and total >= 2", "Summary": "{{cluster}}: {{value}}" }
        """;

    [Test]
    public async Task A_group_counts_firing_alerts_among_its_series()
    {
        await using var stage = await EngineStage.StartAsync(Rules);
        await stage.WriteAsync([.. Enumerable.Range(0, 5).Select(i => Ping(stage, i, "north", lost: i < 2, 0)), Ping(stage, 9, "south", lost: true, 0), $"ping,host=h8 percent_packet_loss=100 {At(stage, 0)}"]);

        await stage.PassAsync(TimeSpan.FromSeconds(1));

        var alert = stage.Alerts.List(new AlertFilter(Rule: "site.down")).Single();
        Assert.That((alert.Severity, alert.Summary, alert.Series), Is.EqualTo((Severity.Warning, "2 of 5 hosts of north are down", "site.down,site=north")));
    }

    [Test]
    public async Task A_group_gets_worse_and_better_with_its_members()
    {
        await using var stage = await EngineStage.StartAsync(Rules);
        await stage.WriteAsync([.. Enumerable.Range(0, 5).Select(i => Ping(stage, i, "north", lost: i < 2, 0))]);
        await stage.PassAsync(TimeSpan.FromSeconds(1));
        await stage.WriteAsync([.. Enumerable.Range(0, 5).Select(i => Ping(stage, i, "north", lost: i < 4, 1))]);
        await stage.PassAsync(TimeSpan.FromSeconds(1));
        await stage.WriteAsync([.. Enumerable.Range(0, 5).Select(i => Ping(stage, i, "north", lost: false, 2))]);
        await stage.PassAsync(TimeSpan.FromSeconds(1));

        Assert.That(stage.Transitions().Where(text => text.StartsWith("site.down", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            "site.down : none -> warning, raised", "site.down : warning -> critical, escalated", "site.down : critical -> none, cleared",
        }));
    }

    [Test]
    public async Task A_group_can_suppress_its_members()
    {
        await using var stage = await EngineStage.StartAsync(Rules);
        await stage.WriteAsync([.. Enumerable.Range(0, 5).Select(i => Ping(stage, i, "north", lost: i < 2, 0))]);
        await stage.PassAsync(TimeSpan.FromSeconds(1));

        await stage.WriteAsync([.. Enumerable.Range(2, 3).Select(i => Ping(stage, i, "north", lost: true, 5))]);

        Assert.That(stage.Pages(), Is.EqualTo(new[] { "firing host.down h0 -> noc", "firing host.down h1 -> noc", "firing site.down  -> noc" }));
    }

    [Test]
    public async Task A_group_aggregates_the_newest_values_of_a_field()
    {
        await using var stage = await EngineStage.StartAsync(Rules);
        await stage.WriteAsync("cpu,cluster=k8s,host=a usage=90", "cpu,cluster=k8s,host=b usage=80", "cpu,cluster=lone,host=c usage=99", "cpu,host=d usage=99");

        await stage.PassAsync(TimeSpan.FromSeconds(10));

        Assert.That(stage.Alerts.List(new AlertFilter(Rule: "cluster.busy")).Select(alert => alert.Summary), Is.EqualTo(new[] { "k8s: 85" }));
    }

    [Test]
    public async Task A_group_s_alert_stays_open_over_a_restart_and_resolves_after_it()
    {
        await using var stage = await EngineStage.StartAsync(Rules);
        await stage.WriteAsync([.. Enumerable.Range(0, 5).Select(i => Ping(stage, i, "north", lost: i < 2, 0))]);
        await stage.PassAsync(TimeSpan.FromSeconds(1));
        await stage.RestartAsync();
        await stage.PassAsync(TimeSpan.FromSeconds(2));
        var open = stage.Alerts.List(new AlertFilter(Rule: "site.down")).Single();

        await stage.WriteAsync([.. Enumerable.Range(0, 5).Select(i => Ping(stage, i, "north", lost: false, 5))]);
        await stage.PassAsync(TimeSpan.FromSeconds(1));

        Assert.That(open.Severity, Is.EqualTo(Severity.Warning), "the whole of the group is known after a start too");
        Assert.That(stage.Alerts.List(new AlertFilter(Rule: "site.down")), Is.Empty);
        Assert.That(stage.Transitions().Count(text => text.StartsWith("site.down", StringComparison.Ordinal)), Is.EqualTo(2));
    }

    private static string Ping(EngineStage stage, int host, string site, bool lost, int second) =>
        $"ping,host=h{host},site={site} percent_packet_loss={(lost ? 100 : 0)} {At(stage, second)}";
}
