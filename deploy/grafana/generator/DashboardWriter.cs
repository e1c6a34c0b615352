using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NocMonitor.Dashboards;

/// <summary>Writes a dashboard as Grafana's JSON model (schema 39: Grafana 10 and later). Pure.</summary>
internal static class DashboardWriter
{
    private const int SchemaVersion = 39;
    private const int Columns = 24;
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Dashboard dashboard)
    {
        var json = new JsonObject
        {
            ["uid"] = dashboard.Uid,
            ["title"] = dashboard.Title,
            ["description"] = dashboard.Description,
            ["tags"] = new JsonArray("nocmonitor"),
            ["schemaVersion"] = SchemaVersion,
            ["editable"] = true,
            ["graphTooltip"] = 1,
            ["refresh"] = "30s",
            ["timezone"] = "browser",
            ["time"] = new JsonObject { ["from"] = "now-6h", ["to"] = "now" },
            ["links"] = new JsonArray(new JsonObject
            {
                ["type"] = "dashboards",
                ["title"] = "NocMonitor",
                ["tags"] = new JsonArray("nocmonitor"),
                ["asDropdown"] = true,
                ["includeVars"] = true,
                ["icon"] = "external link",
                ["targetBlank"] = false,
                ["tooltip"] = "",
                ["keepTime"] = true,
            }),
            ["annotations"] = new JsonObject { ["list"] = new JsonArray(Annotations(dashboard)) },
            ["templating"] = new JsonObject { ["list"] = new JsonArray([DataSourceVariable(), .. dashboard.Variables.Select(VariableOf)]) },
            ["panels"] = Panels(dashboard),
        };
        return json.ToJsonString(Layout) + "\n";
    }

    private static JsonObject DataSource() => new() { ["type"] = "influxdb", ["uid"] = "${datasource}" };

    /// <summary>The collector's alerts as marks on every graph: the transitions of the hosts that were chosen, or of the sites. Their columns
    /// are in the select: Grafana makes marks of columns and not of the tags that a result is grouped by.</summary>
    private static JsonObject Annotations(Dashboard dashboard)
    {
        var where = dashboard.Variables.Any(variable => variable.Name == "host") ? $"{Influx.Host} AND " : $"{Influx.Site} AND ";
        var query = $"SELECT \"summary\", \"state\", \"reason\", \"host\", \"rule\", \"severity\" FROM \"alerts\" WHERE {where}\"state\" != 'replaced' AND $timeFilter";
        return new JsonObject
        {
            ["name"] = "Alerts",
            ["datasource"] = DataSource(),
            ["enable"] = true,
            ["iconColor"] = Colors.Critical,
            ["target"] = new JsonObject
            {
                ["refId"] = "Anno",
                ["rawQuery"] = true,
                ["query"] = query,
                ["fromAnnotations"] = true,
                ["textEditor"] = true,
                ["resultFormat"] = "table",
                ["textColumn"] = "summary",
                ["titleColumn"] = "rule",
                ["tagsColumn"] = "state,reason,host,severity",
            },
        };
    }

    private static JsonNode DataSourceVariable() => new JsonObject
    {
        ["name"] = "datasource",
        ["label"] = "Data source",
        ["type"] = "datasource",
        ["query"] = "influxdb",
        ["refresh"] = 1,
        ["hide"] = 0,
        ["multi"] = false,
        ["includeAll"] = false,
        ["options"] = new JsonArray(),
        ["regex"] = "",
    };

    private static JsonNode VariableOf(Variable variable)
    {
        var json = new JsonObject
        {
            ["name"] = variable.Name,
            ["label"] = variable.Label,
            ["type"] = "query",
            ["datasource"] = DataSource(),
            ["query"] = variable.Query,
            ["definition"] = variable.Query,
            ["refresh"] = 2,
            ["sort"] = 5,
            ["hide"] = 0,
            ["multi"] = variable.Multi,
            ["includeAll"] = variable.Multi,
            ["options"] = new JsonArray(),
            ["regex"] = "",
        };
        if (variable.Multi)
        {
            // Matches points without the tag too.
            json["allValue"] = ".*";
        }

        if (variable is { Multi: true, StartsWithAll: true })
        {
            json["current"] = new JsonObject { ["text"] = new JsonArray("All"), ["value"] = new JsonArray("$__all") };
        }

        return json;
    }

    private static JsonArray Panels(Dashboard dashboard)
    {
        var panels = new JsonArray();
        var (id, top) = (1, 0);
        foreach (var row in dashboard.Rows)
        {
            panels.Add(new JsonObject
            {
                ["id"] = id++,
                ["type"] = "row",
                ["title"] = row.Title,
                ["collapsed"] = false,
                ["panels"] = new JsonArray(),
                ["gridPos"] = Place(0, top++, Columns, 1),
            });
            var (left, height) = (0, 0);
            foreach (var panel in row.Panels)
            {
                if (left + panel.Width > Columns)
                {
                    (left, top, height) = (0, top + height, 0);
                }

                panels.Add(PanelWriter.Write(panel, id++, Place(left, top, panel.Width, panel.Height), DataSource));
                (left, height) = (left + panel.Width, Math.Max(height, panel.Height));
            }

            top += height;
        }

        return panels;
    }

    private static JsonObject Place(int x, int y, int width, int height) => new() { ["x"] = x, ["y"] = y, ["w"] = width, ["h"] = height };
}
