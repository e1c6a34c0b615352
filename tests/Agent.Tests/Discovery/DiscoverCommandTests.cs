using System.CommandLine;
using System.Net;
using System.Text.Json.Nodes;
using NocMonitor.Agent.Commands;
using NocMonitor.Testing;
using NocMonitor.Testing.Snmp;

namespace NocMonitor.Agent.Tests.Discovery;

public class DiscoverCommandTests
{
    private const string Answer = """{"new":2,"changed":1,"unchanged":0,"absent":3}""";

    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TemporaryFolder();
        _output.GetStringBuilder().Clear();
        _errors.GetStringBuilder().Clear();
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task What_is_found_is_a_table_and_goes_to_the_collector_with_the_ranges_of_a_complete_run()
    {
        await using var simulator = new SnmpSimulator();
        simulator.Add(SnmpRecording.Parse("1.3.6.1.2.1.1.5.0|4|sw1\n1.3.6.1.2.1.1.6.0|4e|Rack\\x1b[31m"), IPAddress.Parse("127.6.0.2"), "secret");
        await using var collector = new FakeCollector();
        collector.Answer(new FakeAnswer(200, Answer));

        var code = await DiscoverAsync(collector, "127.6.0.1-4", "--exclude", "127.6.0.3", "--ports", "none", "--snmp-port", $"{simulator.Port}", "--timeout", "500");

        var report = JsonNode.Parse(collector.Requests.Single().Body)!;
        Assert.That(code, Is.Zero, _errors.ToString());
        Assert.That(_output.ToString(), Does.StartWith("Address").And.Match(@"127\.6\.0\.2  sw1 ").And.Not.Contain("127.6.0.3").And.Not.Contain("\u001b"));
        Assert.That(_errors.ToString(), Does.Contain("2 new, 1 changed, 0 unchanged, 3 gone; see 'nocmonitor-collector inventory proposals'"));
        Assert.That(collector.Requests.Single().Line, Does.StartWith("POST /api/v1/inventory/discoveries "));
        Assert.That((report["agent"]!.GetValue<string>(), report["complete"]!.GetValue<bool>(), report["ranges"]!.ToJsonString()),
            Is.EqualTo(("a1", true, """["127.6.0.1-127.6.0.2","127.6.0.4"]""")));
        Assert.That(report["devices"]!.AsArray().Select(device => device!["address"]!.GetValue<string>()), Is.EquivalentTo(new[] { "127.6.0.1", "127.6.0.2", "127.6.0.4" }));
        Assert.That(Directory.GetFiles(_folder.File("data/discovery")), Is.Empty);
    }

    [Test]
    public async Task What_the_collector_did_not_take_is_told_again_without_looking_again()
    {
        await using var collector = new FakeCollector();
        collector.Answer(new FakeAnswer(503, "later"), new FakeAnswer(200, Answer));

        var first = await DiscoverAsync(collector, "127.6.0.1-3", "--ports", "none", "--credentials", "none");
        var second = await DiscoverAsync(collector, "127.6.0.1-3", "--ports", "none", "--credentials", "none");

        Assert.That((first, second), Is.EqualTo((1, 0)));
        Assert.That(_errors.ToString(), Does.Contain("does not take what was found: 503 later; the same command tells it again").And.Contain("goes on at address 3 of 3"));
        Assert.That(JsonNode.Parse(collector.Requests[1].Body)!["devices"]!.AsArray(), Has.Count.EqualTo(3));
        Assert.That(JsonNode.Parse(collector.Requests[0].Body)!["id"]!.ToString(), Is.EqualTo(JsonNode.Parse(collector.Requests[1].Body)!["id"]!.ToString()));
    }

    [Test]
    public async Task Many_devices_go_in_parts_of_which_the_last_ends_the_run()
    {
        await using var collector = new FakeCollector();
        collector.Answer(new FakeAnswer(200, Answer));

        var code = await DiscoverAsync(collector, "127.6.1.0-127.6.2.43", "--ports", "none", "--credentials", "none", "--rate", "5000");

        var reports = collector.Requests.Select(request => JsonNode.Parse(request.Body)!).ToList();
        Assert.That(code, Is.Zero);
        Assert.That(reports.Select(report => (report["devices"]!.AsArray().Count, report["complete"]!.GetValue<bool>(), report["ranges"] is not null)), Is.EqualTo(new[] { (200, false, false), (100, true, true) }));
    }

    [Test]
    public async Task A_dry_run_tells_nobody_and_prints_JSON_when_asked()
    {
        await using var collector = new FakeCollector();

        var code = await DiscoverAsync(collector, "127.6.0.1,127.6.0.2", "--ports", "none", "--credentials", "none", "--dry-run", "--json");

        Assert.That(code, Is.Zero);
        Assert.That(JsonNode.Parse(_output.ToString())!.AsArray().Select(device => device!["address"]!.GetValue<string>()), Is.EqualTo(new[] { "127.6.0.1", "127.6.0.2" }));
        Assert.That(collector.Requests, Is.Empty);
    }

    [TestCase("10.0.0.0/8", "16777214 addresses, and 65536 are the most; say --yes-large if you mean it")]
    [TestCase("10.0.0.0/7 --yes-large", "33554430 addresses, and 16777216 are the most")]
    [TestCase("::/64", "more than 18446744073709551615 addresses")]
    [TestCase("10.0.0.1 --credentials site9", "there are no credentials named 'site9' in Agent.SnmpCredentials; did you mean site1?")]
    [TestCase("10.0.0.1 --ports 22,x", "--ports: 'x' is no port")]
    [TestCase("10.0.0.1 --rate 0", "--rate: 0 is out of range")]
    [TestCase("nonsense", "'nonsense' is no address")]
    public async Task What_cannot_be_meant_is_refused_with_the_reason(string arguments, string reason)
    {
        await using var collector = new FakeCollector();

        Assert.That(await DiscoverAsync(collector, arguments.Split(' ')), Is.EqualTo(1));
        Assert.That(_errors.ToString(), Does.Contain(reason));
    }

    [Test]
    public async Task A_data_folder_that_cannot_be_used_is_named()
    {
        await using var collector = new FakeCollector();
        _folder.Write("data", "a file");

        Assert.That(await DiscoverAsync(collector, "127.6.0.1"), Is.EqualTo(1));
        Assert.That(_errors.ToString(), Does.Contain($"the state of the discovery cannot be kept in {_folder.File("data")}"));
    }

    private async Task<int> DiscoverAsync(FakeCollector collector, params string[] arguments)
    {
        var config = _folder.Write("agent.json", $$"""
            { "Agent": { "Name": "a1", "Data": "data", "Collectors": [ { "Url": "{{collector.Url}}" } ], "SnmpCredentials": { "site1": { "Community": "secret" } } } }
            """);
        return await AgentCommands.Create().Parse(["discover", .. arguments, "--config", config]).InvokeAsync(new InvocationConfiguration { Output = _output, Error = _errors });
    }
}
