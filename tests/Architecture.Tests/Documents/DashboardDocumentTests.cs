using System.Text.Json.Nodes;
using NocMonitor.Dashboards;
using NocMonitor.Testing;

namespace NocMonitor.Architecture.Tests.Documents;

/// <summary>Holds the dashboards of deploy/grafana against what they are made of, and their make against what people expect of a dashboard.</summary>
public class DashboardDocumentTests
{
    [TestCaseSource(nameof(All))]
    public void A_dashboard_says_what_its_definition_says(string uid) =>
        GoldenFile.Verify(DashboardWriter.Write(Definition(uid)), "deploy", "grafana", "dashboards", $"{uid}.json");

    [Test]
    public void There_is_no_dashboard_without_a_definition()
    {
        var files = Directory.EnumerateFiles(Repository.Locate("deploy", "grafana", "dashboards")).Select(Path.GetFileNameWithoutExtension);

        Assert.That(files, Is.EquivalentTo(DashboardCatalog.All.Select(dashboard => dashboard.Uid)));
    }

    [TestCaseSource(nameof(All))]
    public void Every_panel_has_an_id_of_its_own_and_says_what_it_shows(string uid)
    {
        var panels = Panels(uid);

        Assert.That(panels.Select(panel => (int)panel["id"]!), Is.Unique);
        foreach (var panel in panels.Where(panel => (string)panel["type"]! != "row"))
        {
            var defaults = panel["fieldConfig"]!["defaults"]!;
            Assert.That((string)panel["title"]!, Is.Not.Empty);
            Assert.That((string)panel["description"]!, Does.EndWith("."), (string)panel["title"]!);
            Assert.That((string)defaults["unit"]!, Is.Not.Empty, (string)panel["title"]!);
            Assert.That(defaults["thresholds"]!["steps"]!.AsArray(), Is.Not.Empty, (string)panel["title"]!);
            Assert.That(panel["targets"]!.AsArray(), Is.Not.Empty, (string)panel["title"]!);
        }
    }

    [TestCaseSource(nameof(All))]
    public void Thresholds_rise_from_nothing(string uid)
    {
        foreach (var panel in Definition(uid).Rows.SelectMany(row => row.Panels))
        {
            Assert.That(panel.Thresholds[0].From, Is.Null, panel.Title);
            Assert.That(panel.Thresholds.Skip(1).Select(step => step.From), Is.Ordered.And.All.Not.Null, panel.Title);
        }
    }

    [TestCaseSource(nameof(All))]
    public void Panels_do_not_overlap(string uid)
    {
        var taken = new HashSet<(int, int)>();
        foreach (var panel in Panels(uid))
        {
            var place = panel["gridPos"]!;
            for (var x = (int)place["x"]!; x < (int)place["x"]! + (int)place["w"]!; x++)
            {
                for (var y = (int)place["y"]!; y < (int)place["y"]! + (int)place["h"]!; y++)
                {
                    Assert.That(x, Is.LessThan(24));
                    Assert.That(taken.Add((x, y)), (string)panel["title"]!);
                }
            }
        }
    }

    [TestCaseSource(nameof(All))]
    public void Every_dashboard_marks_alerts_and_lets_choose_the_site(string uid)
    {
        var dashboard = JsonNode.Parse(DashboardWriter.Write(Definition(uid)))!;

        Assert.That((string)dashboard["annotations"]!["list"]![0]!["target"]!["query"]!, Does.Contain("FROM \"alerts\""));
        Assert.That(dashboard["templating"]!["list"]!.AsArray().Select(variable => (string)variable!["name"]!).Take(2), Is.EqualTo(new[] { "datasource", "site" }));
    }

    private static IEnumerable<string> All() => DashboardCatalog.All.Select(dashboard => dashboard.Uid);

    private static Dashboard Definition(string uid) => DashboardCatalog.All.Single(dashboard => dashboard.Uid == uid);

    private static List<JsonNode> Panels(string uid) => [.. JsonNode.Parse(DashboardWriter.Write(Definition(uid)))!["panels"]!.AsArray().Select(panel => panel!)];
}
