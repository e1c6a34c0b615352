using NocMonitor.Collector.Tests.Hosting;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Cli;

public class CollectorCommandTests
{
    [Test]
    public async Task Check_config_prints_errors_of_options_receivers_routes_and_rules_at_once()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("rules"));
        folder.Write("rules/r.json", """{ "Rules": [ { "Name": "a", "Measurement": "m", "Critical": "f >", "Summary": "s" } ] }""");
        var file = folder.Write("c.json", """
            { "Collector": {
              "Ingest": { "MaxLines": 0 },
              "Receivers": { "x": { "Type": "webhook" } },
              "Routes": [ { "Receivers": "y" } ],
              "Rules": { "Directory": "RULES" }
            } }
            """.Replace("RULES", folder.File("rules"), StringComparison.Ordinal));

        var (code, _, error) = await CommandLineRun.RunAsync("check-config", "--config", file);

        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Does.Contain("c.json:2:27: Collector.Ingest.MaxLines").And.Contain("Receivers.x.Url: is required")
            .And.Contain("Routes[0].Receivers: there is no receiver 'y'").And.Contain("r.json:1:"));
    }

    [Test]
    public async Task A_busy_port_and_a_folder_in_use_are_one_line_and_exit_code_1()
    {
        using var folder = new TemporaryFolder();
        await using var running = await TestCollector.StartAsync(folder: folder);
        using var other = new TemporaryFolder();
        var config = folder.File("collector.json");

        var sameFolder = await CommandLineRun.RunAsync("run", "--config", config, "--data", folder.File("data"), "--urls", "http://127.0.0.1:0");
        var samePort = await CommandLineRun.RunAsync("run", "--config", config, "--data", other.File("data"), "--urls", running.Address.ToString());

        Assert.That((sameFolder.Code, samePort.Code), Is.EqualTo((1, 1)));
        Assert.That(sameFolder.Error, Does.Match("^nocmonitor-collector: the data folder .* is in use by another collector\n$"));
        Assert.That(samePort.Error, Does.Match("^nocmonitor-collector: cannot listen on .*: the port is in use; choose another with --urls\n$"));
    }

    [Test]
    public async Task Status_shows_hosts_and_a_collector_that_is_away_is_one_line()
    {
        await using var collector = await TestCollector.StartAsync();
        await collector.WriteAsync("cpu,host=web01 usage=1");

        var shown = await CommandLineRun.RunAsync("status", "--url", collector.Address.ToString());
        var away = await CommandLineRun.RunAsync("status", "--url", "http://127.0.0.1:1");

        Assert.That(shown.Code, Is.Zero);
        Assert.That(shown.Output, Does.Contain("web01").And.Contain("0 open alerts"));
        Assert.That(away.Code, Is.EqualTo(1));
        Assert.That(away.Error, Does.Match("^nocmonitor-collector: http://127.0.0.1:1/ cannot be asked: .*\n$"));
    }
}
