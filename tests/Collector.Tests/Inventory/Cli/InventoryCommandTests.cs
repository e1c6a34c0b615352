using System.Text.Json.Nodes;
using NocMonitor.Collector.Tests.Cli;
using NocMonitor.Collector.Tests.Hosting;
using NocMonitor.Testing;
using static NocMonitor.Collector.Tests.Inventory.InventoryApiTests;

namespace NocMonitor.Collector.Tests.Inventory.Cli;

public class InventoryCommandTests
{
    [Test]
    public async Task Proposals_are_shown_accepted_listed_and_shown_again_when_they_change()
    {
        await using var collector = await TestCollector.StartAsync();
        await ReportAsync(collector, "run1", Found("10.0.0.1", "sw1", "version=1", "interfaces=a;b"), Found("10.0.0.9", "guest"));

        var proposed = await RunAsync(collector, "proposals", "--kind", "new");
        var accepted = await RunAsync(collector, "accept", "sw1", "nobody", "--by", "anna");
        var rejected = await RunAsync(collector, "reject", "guest");
        await ReportAsync(collector, "run2", Found("10.0.0.1", "sw1", "version=2", "interfaces=b;c"));
        var changed = await RunAsync(collector, "proposals", "--kind", "changed");
        var list = await RunAsync(collector, "list");
        var one = await RunAsync(collector, "list", "sw1");

        Assert.That(proposed, Does.Match("new +│ sw1 +│ address: 10.0.0.1 +│ discovery").And.Contain("version: 1").And.Contain("guest"));
        Assert.That(accepted, Does.Contain("1 accepted").And.Contain("nothing is proposed for nobody"));
        Assert.That(rejected, Does.Contain("1 rejected"));
        Assert.That(changed, Does.Contain("version: 1 -> 2").And.Contain("interfaces: -a +c").And.Not.Contain("guest"));
        Assert.That(list, Does.Contain("1 devices").And.Match("sw1 +│ 10.0.0.1"));
        Assert.That(one, Does.Match("interfaces +│ a; b").And.Contain("by anna"));
    }

    [Test]
    public async Task With_json_the_answer_is_what_the_API_says()
    {
        await using var collector = await TestCollector.StartAsync();
        await ReportAsync(collector, "run1", Found("10.0.0.1", "sw1"));

        var proposals = JsonNode.Parse(await RunAsync(collector, "proposals", "--json"))!["proposals"]!.AsArray();
        var list = JsonNode.Parse(await RunAsync(collector, "list", "--json"))!;

        Assert.That(proposals.Select(one => one!["name"]!.GetValue<string>()), Does.Contain("sw1"));
        Assert.That(list.ToJsonString(), Is.EqualTo("""{"devices":[]}"""));
    }

    [Test]
    public async Task A_file_is_reconciled_then_imported_then_exported_and_then_nothing_differs()
    {
        using var folder = new TemporaryFolder();
        await using var collector = await TestCollector.StartAsync();
        await ReportAsync(collector, "run1", Found("10.0.0.1", "sw1", "serial=S1", "version=7"), Found("10.0.0.2", "old"));
        await RunAsync(collector, "accept", "sw1", "old");
        var cmdb = folder.Write("cmdb.csv", "name,address,serial,note\nsw1,10.0.0.1,S2,\nsw9,10.0.0.9,S9,spare\nbad,ten,,\n");

        var reconciled = await RunAsync(collector, "reconcile", cmdb);
        var tried = await RunAsync(collector, "import", cmdb, "--dry-run", "--remove-missing");
        var untouched = await RunAsync(collector, "list");
        var imported = await RunAsync(collector, "import", cmdb, "--remove-missing", "--by", "anna");
        await RunAsync(collector, "export", folder.File("out.csv"));
        await RunAsync(collector, "export", folder.File("out.json"));
        var again = JsonNode.Parse(await RunAsync(collector, "reconcile", folder.File("out.json"), "--json"))!;

        Assert.That(reconciled, Does.Contain("1 that could not be read").And.Match("4 +│ 5 +│ address +│ 'ten' is not an address").And.Contain("1 in ours only")
            .And.Match("sw9 +│ 3 ").And.Match("sw1 +│ 2 +│ name +│ serial +│ S1 +│ S2").And.Contain("0 are the same."));
        Assert.That(tried, Does.Contain("Nothing was changed."));
        Assert.That(untouched, Does.Contain("old"));
        Assert.That(imported, Does.Contain("Added 1, changed 1, removed 1."));
        Assert.That(File.ReadAllText(folder.File("out.csv")), Does.StartWith("name,address,serial,").And.Contain("\r\nsw1,10.0.0.1,S2,").And.Contain(",7,").And.Contain(",spare,").And.Not.Contain("old"));
        Assert.That((again["same"]!.GetValue<int>(), again["different"]!.AsArray().Count), Is.EqualTo((2, 0)));
    }

    [Test]
    public async Task A_file_that_is_not_there_and_a_decision_about_nothing_are_one_line_and_exit_code_1()
    {
        await using var collector = await TestCollector.StartAsync();

        var absent = await CommandLineRun.RunAsync("inventory", "import", "/nowhere.csv", "--url", collector.Address.ToString());
        var nothing = await CommandLineRun.RunAsync("inventory", "accept", "--url", collector.Address.ToString());
        var away = await CommandLineRun.RunAsync("inventory", "list", "--url", "http://127.0.0.1:1");

        Assert.That((absent.Code, nothing.Code, away.Code), Is.EqualTo((1, 1, 1)));
        Assert.That(absent.Error, Does.StartWith("nocmonitor-collector: /nowhere.csv cannot be read"));
        Assert.That(nothing.Error, Does.Contain("name the devices, or say --all"));
    }

    private static async Task<string> RunAsync(TestCollector collector, params string[] args)
    {
        var (code, output, error) = await CommandLineRun.RunAsync(["inventory", .. args, "--url", collector.Address.ToString()]);
        Assert.That((code, error), Is.EqualTo((0, "")));
        return output;
    }
}
