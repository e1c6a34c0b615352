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

    [TestCaseSource(nameof(All))]
    public void Every_link_leads_to_a_dashboard_and_a_choice_that_exist(string uid)
    {
        foreach (var link in Definition(uid).Rows.SelectMany(row => row.Panels).SelectMany(panel => panel.Columns).SelectMany(column => column.Links))
        {
            Assert.That(Definition(link.Dashboard).Variables.Select(variable => variable.Name), Is.SupersetOf(link.Variables.Select(pair => pair.Variable)), link.Title);
        }
    }

    [TestCaseSource(nameof(All))]
    public void A_column_that_is_other_than_its_panel_is_one_of_the_query(string uid)
    {
        foreach (var panel in Definition(uid).Rows.SelectMany(row => row.Panels))
        {
            foreach (var column in panel.Columns.SelectMany(column => column.Links.SelectMany(link => link.Variables).Select(pair => pair.Column).Append(column.Name)))
            {
                Assert.That(column == "Time" || panel.Queries.Any(query => query.Text.Contains($"\"{column}\"", StringComparison.Ordinal)), $"{panel.Title}: {column}");
            }
        }
    }

    /// <summary>"All hosts" is asked for as any host: without the site beside it, the choice of a site would choose nothing.</summary>
    [TestCaseSource(nameof(All))]
    public void Every_panel_obeys_the_choice_of_a_site(string uid) => Assert.That(
        Definition(uid).Rows.SelectMany(row => row.Panels).SelectMany(panel => panel.Queries).Select(query => query.Text), Is.All.Contains(Influx.Site));

    private static IEnumerable<string> All() => DashboardCatalog.All.Select(dashboard => dashboard.Uid);

    private static Dashboard Definition(string uid) => DashboardCatalog.All.Single(dashboard => dashboard.Uid == uid);

    private static List<JsonNode> Panels(string uid) => [.. JsonNode.Parse(DashboardWriter.Write(Definition(uid)))!["panels"]!.AsArray().Select(panel => panel!)];
}
