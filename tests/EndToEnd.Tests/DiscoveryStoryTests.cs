using System.Net;
using NocMonitor.EndToEnd.Tests.Stage;
using NocMonitor.Testing;
using NocMonitor.Testing.Snmp;

namespace NocMonitor.EndToEnd.Tests;

/// <summary>A network is looked through by a real agent that is killed on the way; what it found is proposed by a real collector, accepted, linked and compared with a list.</summary>
public class DiscoveryStoryTests
{
    private static string Switch(string name, string serial) =>
        $"""
        1.3.6.1.2.1.1.1.0|4|Cisco IOS Software, C2960X Software
        1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.9.1.1208
        1.3.6.1.2.1.1.5.0|4|{name}
        1.3.6.1.2.1.1.6.0|4|Rack 7
        1.3.6.1.2.1.31.1.1.1.1.1|4|Gi1/0/1
        1.3.6.1.2.1.47.1.1.1.1.5.1|2|3
        1.3.6.1.2.1.47.1.1.1.1.11.1|4|{serial}
        1.3.6.1.2.1.47.1.1.1.1.13.1|4|WS-C2960X-24
        """;

    [Test]
    public async Task A_discovery_that_was_killed_goes_on_and_its_finds_become_the_inventory_once_somebody_says_so()
    {
        await using var site = new Site();
        using var folder = new TemporaryFolder();
        await using var network = new SnmpSimulator();
        var first = network.Add(SnmpRecording.Parse(Switch("sw1", "FOC1")), IPAddress.Parse("127.40.0.7"), "public");
        network.Add(SnmpRecording.Parse(Switch("sw2", "FOC2")), IPAddress.Parse("127.40.0.99"), "public");
        await site.StartCollectorAsync();
        folder.Write("agent.json", $$"""
            { "Agent": { "Name": "agent-1", "Data": "data", "Collectors": [ { "Url": "{{site.Url}}" } ], "SnmpCredentials": { "site1": { "Community": "public" } } } }
            """);

        await using (var killed = Discover(folder, network.Port, "127.40.0.1-120"))
        {
            await Eventually.HappensAsync("a first part is found", () => Task.FromResult(killed.Output.Contains(" of 120 addresses", StringComparison.Ordinal)), () => killed.Output);
            killed.KillHard();
            await killed.ExitAsync(CancellationToken.None);
        }

        await using var again = Discover(folder, network.Port, "127.40.0.1-120");
        var code = await again.ExitAsync(CancellationToken.None);
        var proposals = (await site.GetAsync("/api/v1/inventory/proposals?kind=new"))!["proposals"]!.AsArray().Where(one => one!["source"]!.GetValue<string>() == "discovery").ToList();

        Assert.That(code, Is.Zero, again.Output);
        Assert.That(again.Output, Does.Contain("goes on at address").And.Contain("120 new, 0 changed, 0 unchanged, 0 gone").And.Match(@"127\.40\.0\.7 +sw1 +Cisco +WS-C2960X-24 +FOC1"));
        Assert.That(proposals, Has.Count.EqualTo(120));
        Assert.That(proposals.Single(one => one!["name"]!.GetValue<string>() == "sw1")!["changes"]!.AsArray().Select(change => $"{change!["field"]}={change["after"]}"),
            Is.SupersetOf(new[] { "address=127.40.0.7", "serial=FOC1", "vendor=Cisco", "model=WS-C2960X-24", "location=Rack 7", "interfaces=Gi1/0/1" }));

        await site.PostAsync("/api/v1/inventory/accept", new StringContent("""{ "names": [ "sw1", "sw2" ] }"""));
        first.Set("1.3.6.1.2.1.47.1.1.1.1.11.1|4|FOC1-new");
        await using var later = Discover(folder, network.Port, "127.40.0.1-30");
        await later.ExitAsync(CancellationToken.None);
        var changed = (await site.GetAsync("/api/v1/inventory/proposals?kind=changed"))!["proposals"]!.AsArray();

        Assert.That(later.Output, Does.Contain("29 new, 1 changed, 0 unchanged, 0 gone"));
        Assert.That(changed.Single()!["changes"]!.ToJsonString(), Is.EqualTo("""[{"field":"serial","before":"FOC1","after":"FOC1-new"}]"""));
    }

    private static RunningProgram Discover(TemporaryFolder folder, int port, string target) => RunningProgram.StartOurs(
        "nocmonitor-agent", folder.Path, "discover", target, "--config", folder.File("agent.json"), "--ports", "none", "--snmp-port", $"{port}", "--concurrency", "50", "--rate", "2000");
}
