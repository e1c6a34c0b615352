using NocMonitor.Collector.Alerts;

namespace NocMonitor.Collector.Tests.Rules.Evaluation;

public class HostParentTests
{
    private const string Rules =
        """
        { "Name": "host.down", "Measurement": "ping", "Critical": "percent_packet_loss >= 100", "For": "3 samples", "ClearFor": "1 sample" },
        { "Name": "http.status", "Measurement": "http_response", "Critical": "result_code != 0", "DependsOn": [ "host.down" ] }
        """;

    [Test]
    public async Task A_host_behind_one_that_is_down_is_recorded_and_not_paged()
    {
        await using var stage = await StartAsync("leaf<-core");

        await stage.WriteAsync(Ping(stage, 100, [0, 10, 11], "core", "leaf"));

        Assert.That(stage.Pages(), Is.EqualTo(new[] { "firing host.down core -> noc" }));
        var leaf = stage.Alerts.List(new AlertFilter(Host: "leaf")).Single();
        Assert.That((leaf.Page, leaf.WaitsFor), Is.EqualTo((PageState.Suppressed, "host.down of core")));
        Assert.That(stage.Alerts.Timeline(leaf.Id)[^1].Text, Is.EqualTo("not paged: host.down of core fires"));
    }

    [Test]
    public async Task A_host_waits_until_its_parent_was_looked_at_and_pages_when_that_answers()
    {
        await using var stage = await StartAsync("leaf<-core");
        await stage.WriteAsync(Ping(stage, 0, [0], "core"));
        await stage.WriteAsync(Ping(stage, 100, [1, 2, 3], "leaf"));
        await stage.PassAsync(TimeSpan.FromSeconds(5));
        var before = stage.Pages();

        await stage.WriteAsync(Ping(stage, 0, [10], "core"));
        await stage.PassAsync(TimeSpan.FromSeconds(1));

        Assert.That(before, Is.Empty);
        Assert.That(stage.Pages(), Is.EqualTo(new[] { "firing host.down leaf -> noc" }));
    }

    [Test]
    public async Task A_host_whose_parent_answered_after_it_fell_silent_pages_at_once()
    {
        await using var stage = await StartAsync("leaf<-core");
        await stage.WriteAsync(Ping(stage, 0, [0], "leaf"));
        await stage.WriteAsync(Ping(stage, 100, [1], "leaf"));
        await stage.WriteAsync(Ping(stage, 0, [2], "core"));

        await stage.WriteAsync(Ping(stage, 100, [3, 4], "leaf"));

        Assert.That(stage.Pages(), Is.EqualTo(new[] { "firing host.down leaf -> noc" }));
    }

    [Test]
    public async Task Children_that_notice_first_wait_and_are_suppressed_when_the_parent_fires()
    {
        await using var stage = await StartAsync("leaf<-core");
        await stage.WriteAsync(Ping(stage, 0, [0], "core", "leaf"));
        await stage.WriteAsync(Ping(stage, 100, [1, 2, 3], "leaf"));

        await stage.WriteAsync(Ping(stage, 100, [10, 11, 12], "core"));
        await stage.PassAsync(TimeSpan.FromSeconds(2));

        Assert.That(stage.Pages(), Is.EqualTo(new[] { "firing host.down core -> noc" }));
    }

    [Test]
    public async Task A_parent_that_is_never_looked_at_again_holds_a_page_a_minute_at_most()
    {
        await using var stage = await StartAsync("leaf<-core");
        await stage.WriteAsync(Ping(stage, 0, [0], "core"));
        await stage.WriteAsync(Ping(stage, 100, [1, 2, 3], "leaf"));

        await stage.PassAsync(TimeSpan.FromSeconds(58));
        var early = stage.Pages().Count;
        await stage.PassAsync(TimeSpan.FromSeconds(3));

        Assert.That((early, stage.Pages().Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task One_of_two_ways_that_is_open_explains_nothing_and_both_that_are_cut_do()
    {
        await using var stage = await StartAsync("leaf<-core1", "leaf<-core2");
        await stage.WriteAsync([.. Ping(stage, 0, [3], "core1"), .. Ping(stage, 100, [0, 1, 2], "core2", "leaf")]);
        var one = stage.Pages();

        await using var other = await StartAsync("leaf<-core1", "leaf<-core2");
        await other.WriteAsync(Ping(other, 100, [0, 1, 2], "core1", "core2", "leaf"));

        Assert.That(one, Is.EquivalentTo(new[] { "firing host.down core2 -> noc", "firing host.down leaf -> noc" }));
        Assert.That(other.Pages(), Is.EquivalentTo(new[] { "firing host.down core1 -> noc", "firing host.down core2 -> noc" }));
    }

    [Test]
    public async Task A_parent_that_nobody_pings_hands_the_question_on_and_a_circle_ends()
    {
        await using var stage = await StartAsync("leaf<-access", "access<-core");
        await stage.WriteAsync(Ping(stage, 100, [0, 1, 2], "core", "leaf"));

        await using var circle = await StartAsync("leaf<-access", "access<-leaf");
        await circle.WriteAsync(Ping(circle, 100, [0, 1, 2], "leaf"));

        Assert.That(stage.Pages(), Is.EqualTo(new[] { "firing host.down core -> noc" }));
        Assert.That(circle.Pages(), Is.EqualTo(new[] { "firing host.down leaf -> noc" }));
    }

    [Test]
    public async Task What_depends_on_the_host_is_suppressed_by_the_host_s_parents_too()
    {
        await using var stage = await StartAsync("web<-core");
        await stage.WriteAsync(Ping(stage, 100, [0, 1, 2], "core"));

        await stage.WriteAsync($"http_response,host=web,agent=a1 result_code=1i {At(stage, 3)}");

        Assert.That(stage.Pages(), Is.EqualTo(new[] { "firing host.down core -> noc" }));
    }

    [Test]
    public async Task An_agent_with_a_way_of_its_own_is_judged_by_that()
    {
        await using var stage = await StartAsync("leaf<-core1 via a1", "leaf<-core2 via a2");
        await stage.WriteAsync(Ping(stage, 100, [0, 1, 2], "core1"));
        await stage.WriteAsync(Ping(stage, 0, [3], "core2"));

        await stage.WriteAsync([.. Ping(stage, 100, [0, 1, 2], "leaf"), .. Ping(stage, 100, [0, 1, 2], "leaf").Select(line => line.Replace("agent=a1", "agent=a2", StringComparison.Ordinal))]);

        var open = stage.Alerts.List(new AlertFilter(Host: "leaf")).ToDictionary(alert => alert.Labels["agent"], alert => alert.Page);
        Assert.That((open["a1"], open["a2"]), Is.EqualTo((PageState.Suppressed, PageState.Paged)));
    }

    [Test]
    public async Task A_child_that_is_still_down_after_its_parent_recovered_pages_then()
    {
        await using var stage = await StartAsync("leaf<-core");
        await stage.WriteAsync(Ping(stage, 100, [0, 1, 2], "core", "leaf"));
        await stage.WriteAsync(Ping(stage, 0, [10], "core"));
        var between = stage.Pages();

        await stage.WriteAsync(Ping(stage, 100, [11], "leaf"));

        Assert.That(between, Is.EqualTo(new[] { "firing host.down core -> noc", "resolved host.down core -> noc" }));
        Assert.That(stage.Pages()[^1], Is.EqualTo("firing host.down leaf -> noc"));
    }

    [Test]
    public async Task Suppression_by_a_parent_holds_over_a_restart()
    {
        await using var stage = await StartAsync("leaf<-core");
        await stage.WriteAsync(Ping(stage, 100, [0, 1, 2], "core", "leaf"));

        await stage.RestartAsync();
        stage.Log.HostParents.Replace([new HostDependency("leaf", "", "core")]);
        await stage.WriteAsync(Ping(stage, 100, [10], "leaf"));
        await stage.WriteAsync(Ping(stage, 100, [11], "core"));
        await stage.PassAsync(TimeSpan.FromSeconds(3));

        Assert.That(stage.Pages(), Is.EqualTo(new[] { "firing host.down core -> noc" }));
    }

    private static async Task<EngineStage> StartAsync(params string[] parents)
    {
        var stage = await EngineStage.StartAsync(Rules);
        stage.Log.HostParents.Replace(parents.Select(text => text.Split("<-") is var parts && parts[1].Split(" via ") is [var parent, .. var agent]
            ? new HostDependency(parts[0], agent.FirstOrDefault(""), parent)
            : default));
        return stage;
    }

    private static string[] Ping(EngineStage stage, int loss, int[] seconds, params string[] hosts) =>
        [.. seconds.SelectMany(second => hosts.Select(host => $"ping,host={host},url={host},agent=a1 percent_packet_loss={loss} {At(stage, second)}"))];

    private static long At(EngineStage stage, int second) => (stage.Time.GetUtcNow().ToUnixTimeSeconds() + second) * 1_000_000_000;
}
