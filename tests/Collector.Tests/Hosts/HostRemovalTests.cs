using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NocMonitor.Collector.Rules.Evaluation;
using NocMonitor.Collector.Tests.Cli;
using NocMonitor.Collector.Tests.Hosting;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Hosts;

public class HostRemovalTests
{
    private const string Rules =
        """
        { "Rules": [
          { "Name": "agent.silent", "Measurement": "agent", "NoData": "critical after 10s", "Summary": "{{agent}} is silent" },
          { "Name": "full", "Measurement": "disk", "Critical": "used > 90", "Summary": "{{host}} is full at {{used}}" },
          { "Name": "host.down", "Measurement": "ping", "Critical": "loss == 100", "Summary": "{{host}} is down" } ] }
        """;

    private readonly ManualTimeProvider _time = new();
    private TemporaryFolder _folder = null!;
    private TestCollector _collector = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        _collector = await TestCollector.StartAsync(folder: _folder, time: _time, rules: Rules);
        await _collector.WriteAsync("agent,agent=old,host=old up=1i\ndisk,agent=old,host=old,path=/ used=95\nping,agent=old,host=db loss=100\nagent,agent=new,host=new up=1i");
        await SilenceAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _collector.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task A_forgotten_host_is_off_the_board_with_its_alerts_and_what_its_agent_watched_and_no_other()
    {
        Assert.That(await OpenAsync(), Is.EquivalentTo(new[] { "agent.silent old", "agent.silent new", "full old", "host.down db" }));

        using var answer = await _collector.Client.DeleteAsync("/api/v1/hosts/old");

        Assert.That(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.ToJsonString(), Is.EqualTo("""{"name":"old","alerts":3,"series":3}"""));
        Assert.That(await OpenAsync(), Is.EqualTo(new[] { "agent.silent new" }));
        Assert.That(await _collector.Client.GetStringAsync("/api/v1/hosts"), Does.Not.Contain("\"name\":\"old\"").And.Contain("\"new\""));
        Assert.That(await _collector.Client.GetStringAsync("/api/v1/alerts?state=resolved"), Does.Contain("old is full at 95"));
    }

    [Test]
    public async Task A_forgotten_host_stays_forgotten_over_time_reload_and_restart()
    {
        using var answer = await _collector.Client.DeleteAsync("/api/v1/hosts/old");

        await SilenceAsync();
        Assert.That(await OpenAsync(), Is.EqualTo(new[] { "agent.silent new" }), "over time");
        await _collector.App.Services.GetRequiredService<RuleEngine>().ReloadAsync(_collector.App.Services.GetRequiredService<RuleEngine>().Rules, default);
        await SilenceAsync();
        Assert.That(await OpenAsync(), Is.EqualTo(new[] { "agent.silent new" }), "after a reload");
        await _collector.DisposeAsync();
        _collector = await TestCollector.StartAsync(folder: _folder, time: _time, rules: Rules);
        _time.Advance(TimeSpan.FromMinutes(5));
        await SilenceAsync();

        Assert.That(await OpenAsync(), Is.EqualTo(new[] { "agent.silent new" }));
        Assert.That(await _collector.Client.GetStringAsync("/api/v1/hosts"), Does.Not.Contain("\"name\":\"old\""));
    }

    [Test]
    public async Task A_forgotten_host_that_sends_again_is_a_host_again_and_watched_again()
    {
        using var answer = await _collector.Client.DeleteAsync("/api/v1/hosts/old");

        _time.Advance(TimeSpan.FromSeconds(1));
        await _collector.WriteAsync("agent,agent=old,host=old up=1i");
        Assert.That(await _collector.Client.GetStringAsync("/api/v1/hosts"), Does.Contain("\"name\":\"old\""));
        await SilenceAsync();

        Assert.That(await OpenAsync(), Does.Contain("agent.silent old"));
    }

    [Test]
    public async Task A_host_that_is_not_there_is_said_to_be_so()
    {
        using var answer = await _collector.Client.DeleteAsync("/api/v1/hosts/nobody");
        var command = await CommandLineRun.RunAsync("host", "forget", "nobody", "--url", _collector.Address.ToString());

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((command.Code, command.Error), Is.EqualTo((1, "nocmonitor-collector: there is no host named 'nobody'\n")));
    }

    [Test]
    public async Task The_command_forgets_a_host()
    {
        var (code, output, error) = await CommandLineRun.RunAsync("host", "forget", "old", "--url", _collector.Address.ToString());

        Assert.That((code, output), Is.EqualTo((0, "old is forgotten: 3 alerts resolved, 3 series no longer waited for\n")), error);
    }

    private async Task SilenceAsync()
    {
        var engine = _collector.App.Services.GetRequiredService<RuleEngine>();
        await engine.FlushAsync();
        _time.Advance(TimeSpan.FromSeconds(70));
        await engine.SweepAsync();
        await engine.FlushAsync();
    }

    private async Task<string[]> OpenAsync()
    {
        var alerts = JsonNode.Parse(await _collector.Client.GetStringAsync("/api/v1/alerts"))!["alerts"]!.AsArray();
        return [.. alerts.Select(alert => $"{alert!["rule"]} {alert["host"]}")];
    }
}
