using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NocMonitor.Collector.Tests.Cli;
using NocMonitor.Collector.Tests.Hosting;
using NocMonitor.Testing;

namespace NocMonitor.Collector.Tests.Inventory;

public class InventoryApiTests
{
    [Test]
    public async Task What_a_discovery_found_is_proposed_and_nothing_is_added_unasked()
    {
        await using var collector = await TestCollector.StartAsync();

        var answer = await ReportAsync(collector, "run1", Found("10.0.0.1", "sw1", "version=1"), Found("10.0.0.2", ""));

        Assert.That(answer.ToJsonString(), Is.EqualTo("""{"new":2,"changed":0,"unchanged":0,"absent":0}"""));
        Assert.That(await ProposalsAsync(collector), Is.EqualTo(new[] { "new 10.0.0.2", "new sw1" }));
        Assert.That((await GetAsync(collector, "/api/v1/inventory"))["devices"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task An_accepted_device_outlives_a_restart_and_its_changes_are_proposed_and_taken_over()
    {
        using var folder = new TemporaryFolder();
        await using (var before = await TestCollector.StartAsync(folder: folder))
        {
            await ReportAsync(before, "run1", Found("10.0.0.1", "sw1", "version=1", "serial=S1"));
            await DecideAsync(before, "accept", """{ "names": [ "sw1", "nobody" ], "by": "anna" }""");
        }

        await using var collector = await TestCollector.StartAsync(folder: folder);
        await ReportAsync(collector, "run2", Found("10.0.0.1", "sw1", "version=2"));
        var proposed = await GetAsync(collector, "/api/v1/inventory/proposals?kind=changed");
        await DecideAsync(collector, "accept", """{ "all": true, "by": "ben" }""");
        var device = (await GetAsync(collector, "/api/v1/inventory?name=sw1"))["devices"]!.AsArray().Single()!;

        Assert.That(proposed["proposals"]![0]!["changes"]!.ToJsonString(), Is.EqualTo("""[{"field":"version","before":"1","after":"2"}]"""));
        Assert.That(device["facts"]!.ToJsonString(), Is.EqualTo("""{"address":"10.0.0.1","serial":"S1","version":"2","sysName":"sw1"}"""));
        Assert.That(device["acceptedBy"]!.GetValue<string>(), Is.EqualTo("ben"));
        Assert.That(await ProposalsAsync(collector), Is.Empty);
    }

    [Test]
    public async Task A_device_that_a_whole_run_did_not_find_is_proposed_as_gone_and_removed_when_accepted()
    {
        await using var collector = await TestCollector.StartAsync();
        await ReportAsync(collector, "run1", Found("10.0.0.1", "sw1"), Found("10.0.0.2", "sw2"), Found("10.0.1.1", "far"));
        await DecideAsync(collector, "accept", """{ "all": true }""");

        await ReportAsync(collector, "run2", Found("10.0.0.1", "sw1"));
        var partial = await ProposalsAsync(collector);
        var end = await CompleteAsync(collector, "run2", "10.0.0.1-10.0.0.254");
        var whole = await ProposalsAsync(collector);
        await DecideAsync(collector, "accept", """{ "names": [ "sw2" ] }""");

        Assert.That(partial, Is.Empty);
        Assert.That(end["absent"]!.GetValue<int>(), Is.EqualTo(1));
        Assert.That(whole, Is.EqualTo(new[] { "gone sw2" }));
        Assert.That(await DevicesAsync(collector), Is.EqualTo(new[] { "far", "sw1" }));
        Assert.That(await ProposalsAsync(collector), Is.Empty);
    }

    [Test]
    public async Task A_gone_device_that_answers_again_is_not_gone_and_an_excluded_address_is_not_looked_for()
    {
        await using var collector = await TestCollector.StartAsync();
        await ReportAsync(collector, "run1", Found("10.0.0.1", "sw1"), Found("10.0.0.2", "sw2"));
        await DecideAsync(collector, "accept", """{ "all": true }""");
        await CompleteAsync(collector, "run2", "10.0.0.1-10.0.0.9", excluded: "10.0.0.2");
        var gone = await ProposalsAsync(collector);

        await ReportAsync(collector, "run3", Found("10.0.0.1", "sw1"));

        Assert.That(gone, Is.EqualTo(new[] { "gone sw1" }));
        Assert.That(await ProposalsAsync(collector), Is.Empty);
    }

    [Test]
    public async Task A_rejected_proposal_stays_away_until_something_else_is_to_be_said_and_can_be_accepted_by_name()
    {
        await using var collector = await TestCollector.StartAsync();
        await ReportAsync(collector, "run1", Found("10.0.0.1", "sw1", "version=1"));
        await DecideAsync(collector, "accept", """{ "all": true }""");
        await ReportAsync(collector, "run2", Found("10.0.0.1", "sw1", "version=2"), Found("10.0.0.9", "guest"));

        await DecideAsync(collector, "reject", """{ "all": true }""");
        var rejected = await ProposalsAsync(collector, "?rejected=true");
        var open = await ProposalsAsync(collector);
        await ReportAsync(collector, "run3", Found("10.0.0.1", "sw1", "version=3"), Found("10.0.0.9", "guest", "version=3"));
        var again = await ProposalsAsync(collector);
        await DecideAsync(collector, "accept", """{ "names": [ "guest" ] }""");

        Assert.That(rejected, Is.EqualTo(new[] { "new guest", "changed sw1" }));
        Assert.That(open, Is.Empty);
        Assert.That(again, Is.EqualTo(new[] { "changed sw1" }));
        Assert.That(await DevicesAsync(collector), Is.EqualTo(new[] { "guest", "sw1" }));
    }

    [Test]
    public async Task One_device_with_several_addresses_is_found_once_and_one_without_a_name_gets_it_later()
    {
        await using var collector = await TestCollector.StartAsync();

        await ReportAsync(collector, "run1", Found("10.0.0.1", "core", "serial=S"), Found("10.0.1.1", "core", "serial=S"), Found("10.0.0.7", ""));
        await ReportAsync(collector, "run2", Found("10.0.0.7", "printer"));

        var proposals = (await GetAsync(collector, "/api/v1/inventory/proposals"))["proposals"]!.AsArray();
        Assert.That(await ProposalsAsync(collector), Is.EqualTo(new[] { "new core", "new printer" }));
        Assert.That(proposals[0]!["changes"]!.AsArray().Select(change => $"{change!["field"]}={change["after"]}"), Is.EqualTo(new[]
        {
            "address=10.0.0.1", "serial=S", "sysName=core", "addresses=10.0.0.1;10.0.1.1",
        }));
    }

    [Test]
    public async Task Hosts_that_points_came_from_are_proposed_with_what_their_polls_say()
    {
        await using var collector = await TestCollector.StartAsync();
        await collector.WriteAsync("snmp,host=sw1,agent=a1 result_code=0i,sysName=\"sw1\",model=\"C9300\",serial=\"FOC1\"\ncpu,host=web01,agent=web01 usage=1");

        var proposals = (await GetAsync(collector, "/api/v1/inventory/proposals"))["proposals"]!.AsArray();

        Assert.That(proposals.Select(one => $"{one!["name"]} {one["source"]}"), Is.SupersetOf(new[] { "sw1 points", "web01 points" }));
        Assert.That(proposals.Single(one => one!["name"]!.GetValue<string>() == "sw1")!["changes"]!.AsArray().Select(change => $"{change!["field"]}={change["after"]}"),
            Is.EqualTo(new[] { "serial=FOC1", "model=C9300", "sysName=sw1" }));
    }

    [TestCase("""{ "agent": "a", "devices": [] }""", "id is needed")]
    [TestCase("""{ "id": "r" }""", "agent is needed")]
    [TestCase("""{ "id": "r", "agent": "a", "devices": [ { "address": "x" } ] }""", "'x' is not the address of a device")]
    [TestCase("""{ "id": "r", "agent": "a", "devices": [ null ] }""", "'' is not the address of a device")]
    [TestCase("""{ "id": "r", "agent": "a", "ranges": [ "10.0.0.9-10.0.0.1" ] }""", "is not a range")]
    [TestCase("""{ "id": "r", "agent": "a", "ranges": [ "10.0.0.1-::1" ] }""", "is not a range")]
    [TestCase("[ 1", "the body is not the JSON")]
    [TestCase("", "the body is not the JSON")]
    public async Task A_report_that_makes_no_sense_is_refused_with_the_reason(string body, string reason)
    {
        await using var collector = await TestCollector.StartAsync();

        using var answer = await collector.Client.PostAsync("/api/v1/inventory/discoveries", new StringContent(body));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain(reason));
    }

    [TestCase("{ }", "names is needed, or all")]
    [TestCase("""{ "all": true, "kind": "odd" }""", "kind is one of")]
    public async Task A_decision_that_names_nothing_is_refused(string body, string reason)
    {
        await using var collector = await TestCollector.StartAsync();

        using var answer = await collector.Client.PostAsync("/api/v1/inventory/accept", new StringContent(body));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain(reason));
    }

    [Test]
    public async Task An_agent_s_token_brings_discoveries_and_decides_nothing()
    {
        using var folder = new TemporaryFolder();
        await using var collector = await TestCollector.StartAsync(folder: folder);
        var (_, writer, _) = await CommandLineRun.RunAsync("token", "create", "--scope", "write", "--name", "a1", "--data", folder.File("data"));
        collector.RefreshTokens();
        collector.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", writer.Trim());

        using var report = await collector.Client.PostAsync("/api/v1/inventory/discoveries", new StringContent("""{ "id": "r", "agent": "a1", "devices": [] }"""));
        using var accept = await collector.Client.PostAsync("/api/v1/inventory/accept", new StringContent("""{ "all": true }"""));
        using var list = await collector.Client.GetAsync("/api/v1/inventory");

        Assert.That((report.StatusCode, accept.StatusCode, list.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)));
    }

    internal static JsonObject Found(string address, string sysName, params string[] facts)
    {
        var texts = new JsonObject(facts.Select(fact => KeyValuePair.Create(fact.Split('=')[0], (JsonNode?)fact.Split('=')[1])));
        if (sysName.Length > 0)
        {
            texts["sysName"] = sysName;
        }

        return new JsonObject { ["address"] = address, ["facts"] = texts };
    }

    internal static Task<JsonNode> ReportAsync(TestCollector collector, string id, params JsonObject[] devices) =>
        PostAsync(collector, "/api/v1/inventory/discoveries", new JsonObject { ["id"] = id, ["agent"] = "a1", ["devices"] = new JsonArray([.. devices]) }.ToJsonString());

    internal static Task<JsonNode> DecideAsync(TestCollector collector, string verb, string body) => PostAsync(collector, $"/api/v1/inventory/{verb}", body);

    internal static async Task<JsonNode> PostAsync(TestCollector collector, string path, string body)
    {
        using var answer = await collector.Client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
        return JsonNode.Parse(text)!;
    }

    internal static async Task<JsonNode> GetAsync(TestCollector collector, string path) => JsonNode.Parse(await collector.Client.GetStringAsync(path))!;

    private static Task<JsonNode> CompleteAsync(TestCollector collector, string id, string range, string? excluded = null) => PostAsync(
        collector, "/api/v1/inventory/discoveries",
        new JsonObject { ["id"] = id, ["agent"] = "a1", ["complete"] = true, ["ranges"] = new JsonArray(range), ["excluded"] = excluded is null ? null : new JsonArray(excluded) }.ToJsonString());

    /// <summary>Without the hosts that the collector's own points come from.</summary>
    private static async Task<IEnumerable<string>> ProposalsAsync(TestCollector collector, string query = "") =>
        (await GetAsync(collector, $"/api/v1/inventory/proposals{query}"))["proposals"]!.AsArray()
            .Where(one => one!["source"]!.GetValue<string>() != "points").Select(one => $"{one!["kind"]} {one["name"]}").ToList();

    private static async Task<IEnumerable<string>> DevicesAsync(TestCollector collector) =>
        (await GetAsync(collector, "/api/v1/inventory"))["devices"]!.AsArray().Select(device => device!["name"]!.GetValue<string>())
            .Where(name => name != Environment.MachineName).ToList();
}
