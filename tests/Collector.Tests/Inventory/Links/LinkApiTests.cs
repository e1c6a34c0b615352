using Microsoft.Extensions.DependencyInjection;
using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Tests.Cli;
using NocMonitor.Collector.Tests.Hosting;
using NocMonitor.Testing;
using static NocMonitor.Collector.Tests.Inventory.InventoryApiTests;

namespace NocMonitor.Collector.Tests.Inventory.Links;

public class LinkApiTests
{
    private const string Roots = """{ "Inventory": { "Roots": { "a1": "core" } } }""";

    /// <summary>core - sw1 - ap, told by LLDP; ap by one side only.</summary>
    private static readonly string[] Lines =
    [
        "snmp,host=core,agent=a1 result_code=0i,sysName=\"core.example.net\"",
        "snmp,host=10.0.0.2,agent=a1 result_code=0i,sysName=\"sw1\"",
        "interface,host=ap,agent=a1,ifName=eth0 ifPhysAddress=\"00:00:5e:00:53:0a\"",
        "lldp_neighbor,host=core,agent=a1,local_port=Eth1,remote=1 protocol=\"lldp\",remote_name=\"sw1\",remote_port_id=\"Gi0/24\",remote_chassis_id=\"00:00:5e:00:53:99\"",
        "lldp_neighbor,host=10.0.0.2,agent=a1,local_port=Gi0/24,remote=1 protocol=\"lldp\",remote_name=\"core\",remote_port_id=\"Ethernet1\"",
        "lldp_neighbor,host=10.0.0.2,agent=a1,local_port=Gi0/3,remote=1 protocol=\"lldp\",remote_chassis_id=\"00-00-5E-00-53-0A\",remote_port_id=\"eth0\"",
    ];

    [Test]
    public async Task Links_give_parents_that_are_offered_accepted_told_to_the_alerts_and_kept_over_a_restart()
    {
        using var folder = new TemporaryFolder();
        await using (var collector = await TestCollector.StartAsync(Roots, folder))
        {
            await collector.WriteAsync(string.Join('\n', Lines));
            var offered = await ProposedAsync(collector);
            await DecideAsync(collector, "accept", """{ "all": true, "kind": "parent" }""");

            Assert.That(offered, Is.EqualTo(new[] { "10.0.0.2: -> core", "ap: -> 10.0.0.2" }));
            Assert.That(await ProposedAsync(collector), Is.Empty);
        }

        await using var again = await TestCollector.StartAsync(Roots, folder);

        var hosts = again.App.Services.GetRequiredService<AlertLog>().HostParents;
        Assert.That((hosts.Of("ap", "a1").Single(), hosts.Of("10.0.0.2", "a1").Single()), Is.EqualTo(("10.0.0.2", "core")));
    }

    [Test]
    public async Task A_host_behind_an_accepted_parent_that_is_down_is_suppressed_in_a_whole_collector()
    {
        const string Rules = """{ "Rules": [ { "Name": "host.down", "Measurement": "ping", "Critical": "percent_packet_loss >= 100", "CriticalFor": "2 samples" } ] }""";
        await using var collector = await TestCollector.StartAsync(Roots, rules: Rules);
        await collector.WriteAsync(string.Join('\n', Lines));
        await DecideAsync(collector, "accept", """{ "names": [ "ap" ], "kind": "parent" }""");
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

        await collector.WriteAsync(string.Concat(new[] { now - 2, now - 1, now }.SelectMany(time => new[] { "ap", "10.0.0.2" }
            .Select(host => $"ping,host={host},url={host},agent=a1 percent_packet_loss=100 {time}000000000\n"))));
        await collector.App.Services.GetRequiredService<NocMonitor.Collector.Rules.Evaluation.RuleEngine>().FlushAsync();
        var alerts = (await GetAsync(collector, "/api/v1/alerts"))["alerts"]!.AsArray().ToDictionary(alert => alert!["host"]!.ToString(), alert => $"{alert!["page"]} {alert["waitsFor"]}");

        Assert.That((alerts["ap"], alerts["10.0.0.2"]), Is.EqualTo(("suppressed host.down of 10.0.0.2", "paged ")));
    }

    [Test]
    public async Task Links_and_parents_are_shown_as_tables_and_parents_can_be_set_by_hand()
    {
        await using var collector = await TestCollector.StartAsync(Roots);
        await collector.WriteAsync(string.Join('\n', Lines));

        var set = await RunAsync(collector, "parents", "ap", "core", "other via a2");
        var links = await RunAsync(collector, "links");
        var none = await RunAsync(collector, "parents", "ap", "--none");

        Assert.That(set, Is.EqualTo("ap: core, other via a2\n"));
        Assert.That(links, Does.Contain("2 links").And.Match("10.0.0.2 +│ Gi0/24 +│ core +│ Eth1 +│ lldp +│ both").And.Match("10.0.0.2 +│ Gi0/3 +│ ap +│ eth0 +│ lldp +│ one"));
        Assert.That(links, Does.Match("ap +│ a1 +│ 10.0.0.2 +│ 2 +│ core, other via a2").And.Match("core +│ a1 +│ +│ 0 +│"));
        Assert.That(none, Is.EqualTo("ap: no parents\n"));
    }

    [Test]
    public async Task Without_a_link_to_the_agent_it_is_said_what_to_configure()
    {
        await using var collector = await TestCollector.StartAsync();
        await collector.WriteAsync(string.Join('\n', Lines));

        Assert.That(await RunAsync(collector, "links"), Does.Contain("No link leads to a1: name the host it is connected to in Collector.Inventory.Roots"));
    }

    [Test]
    public async Task A_neighbour_that_was_unplugged_counts_no_more_when_another_is_behind_its_port()
    {
        await using var collector = await TestCollector.StartAsync();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        await collector.WriteAsync(
            $"lldp_neighbor,host=core,local_port=Eth1,remote=1 remote_name=\"old\" {now - 3600}000000000\nlldp_neighbor,host=core,local_port=Eth1,remote=2 remote_name=\"new\" {now}000000000\n"
            + $"lldp_neighbor,host=core,local_port=Eth2,remote=1 remote_name=\"longago\" {now - (2 * 86_400)}000000000");

        var links = (await GetAsync(collector, "/api/v1/inventory/links"))["links"]!.AsArray();

        Assert.That(links.Select(link => link!["b"]!["host"]!.GetValue<string>()), Is.EqualTo(new[] { "new" }));
    }

    [TestCase("{ }", "host: a device needs a name")]
    [TestCase("""{ "host": "a", "parents": [ "" ] }""", "'' is no parent")]
    public async Task Parents_of_nobody_are_refused(string body, string reason)
    {
        await using var collector = await TestCollector.StartAsync();

        using var answer = await collector.Client.PostAsync("/api/v1/inventory/parents", new StringContent(body));

        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain(reason));
    }

    private static async Task<IEnumerable<string>> ProposedAsync(TestCollector collector) =>
        (await GetAsync(collector, "/api/v1/inventory/proposals?kind=parent"))["proposals"]!.AsArray()
            .Select(one => $"{one!["name"]}: {one["changes"]![0]!["before"]}-> {one["changes"]![0]!["after"]}").ToList();

    private static async Task<string> RunAsync(TestCollector collector, params string[] args)
    {
        var (code, output, error) = await CommandLineRun.RunAsync(["inventory", .. args, "--url", collector.Address.ToString()]);
        Assert.That((code, error), Is.EqualTo((0, "")));
        return output;
    }
}
