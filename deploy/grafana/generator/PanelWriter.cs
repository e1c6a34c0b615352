using System.Text.Json.Nodes;

namespace NocMonitor.Dashboards;

/// <summary>Writes one panel. Pure.</summary>
internal static class PanelWriter
{
    public static JsonObject Write(Panel panel, int id, JsonObject place, Func<JsonObject> dataSource) => new()
    {
        ["id"] = id,
        ["type"] = TypeOf(panel.Kind),
        ["title"] = panel.Title,
        ["description"] = panel.Description,
        ["datasource"] = dataSource(),
        ["gridPos"] = place,
        ["fieldConfig"] = new JsonObject { ["defaults"] = Defaults(panel), ["overrides"] = Overrides(panel) },
        ["options"] = Options(panel),
        ["targets"] = new JsonArray([.. panel.Queries.Select((query, index) => Target(panel, query, index, dataSource))]),
        ["transformations"] = new JsonArray(),
    };

    private static string TypeOf(PanelKind kind) => kind switch
    {
        PanelKind.Lines => "timeseries",
        PanelKind.Number => "stat",
        PanelKind.Bars => "bargauge",
        PanelKind.Table => "table",
        _ => "state-timeline",
    };

    private static JsonNode Target(Panel panel, Query query, int index, Func<JsonObject> dataSource)
    {
        var target = new JsonObject
        {
            ["refId"] = ((char)('A' + index)).ToString(),
            ["datasource"] = dataSource(),
            ["rawQuery"] = true,
            ["query"] = query.Text,
            ["resultFormat"] = panel.Kind is PanelKind.Table ? "table" : "time_series",
        };
        if (query.Alias.Length > 0)
        {
            target["alias"] = query.Alias;
        }

        return target;
    }

    private static JsonObject Defaults(Panel panel)
    {
        var defaults = new JsonObject
        {
            ["unit"] = panel.Unit,
            ["color"] = new JsonObject { ["mode"] = panel.Kind is PanelKind.Lines ? "palette-classic" : "thresholds" },
            ["mappings"] = Mappings(panel.Mappings),
            ["thresholds"] = Thresholds(panel.Thresholds),
            ["custom"] = Custom(panel),
        };
        if (panel.NoValue.Length > 0)
        {
            defaults["noValue"] = panel.NoValue;
        }

        if (panel.Min is { } min)
        {
            defaults["min"] = min;
        }

        if (panel.Max is { } max)
        {
            defaults["max"] = max;
        }

        return defaults;
    }

    private static JsonObject Custom(Panel panel) => panel.Kind switch
    {
        PanelKind.Lines => new JsonObject
        {
            ["drawStyle"] = "line",
            ["lineWidth"] = 1,
            ["fillOpacity"] = panel.Stacked ? 40 : 8,
            ["showPoints"] = "never",
            ["spanNulls"] = false,
            ["stacking"] = new JsonObject { ["mode"] = panel.Stacked ? "normal" : "none", ["group"] = "A" },
            ["thresholdsStyle"] = new JsonObject { ["mode"] = panel.Thresholds.Count > 1 ? "dashed" : "off" },
        },
        PanelKind.Table => new JsonObject { ["align"] = "auto", ["cellOptions"] = new JsonObject { ["type"] = panel.Thresholds.Count > 1 ? "color-text" : "auto" }, ["filterable"] = true },
        PanelKind.States => new JsonObject { ["fillOpacity"] = 80, ["lineWidth"] = 0 },
        _ => [],
    };

    private static JsonObject Thresholds(IReadOnlyList<Step> steps) => new()
    {
        ["mode"] = "absolute",
        ["steps"] = new JsonArray([.. steps.Select(step => (JsonNode)new JsonObject { ["value"] = step.From, ["color"] = step.Color })]),
    };

    private static JsonArray Mappings(IReadOnlyList<Mapping> mappings)
    {
        if (mappings.Count == 0)
        {
            return [];
        }

        var options = new JsonObject();
        foreach (var (mapping, index) in mappings.Select((mapping, index) => (mapping, index)))
        {
            options[mapping.Value] = new JsonObject { ["text"] = mapping.Text, ["color"] = mapping.Color, ["index"] = index };
        }

        return new JsonArray(new JsonObject { ["type"] = "value", ["options"] = options });
    }

    private static JsonArray Overrides(Panel panel) => new([.. panel.Columns.Select(column => (JsonNode)new JsonObject
    {
        ["matcher"] = new JsonObject { ["id"] = "byName", ["options"] = column.Name },
        ["properties"] = new JsonArray([.. Properties(column).Select(property => (JsonNode)new JsonObject { ["id"] = property.Id, ["value"] = property.Value })]),
    })]);

    private static IEnumerable<(string Id, JsonNode Value)> Properties(Column column)
    {
        if (column.Unit.Length > 0)
        {
            yield return ("unit", column.Unit);
        }

        if (column.Thresholds.Count > 0)
        {
            yield return ("thresholds", Thresholds(column.Thresholds));
        }

        if (column.Mappings.Count > 0)
        {
            yield return ("mappings", Mappings(column.Mappings));
        }

        if (column.Thresholds.Count > 0 || column.Mappings.Count > 0)
        {
            yield return ("custom.cellOptions", new JsonObject { ["type"] = "color-text" });
        }

        if (column.Links.Count > 0)
        {
            yield return ("links", new JsonArray([.. column.Links.Select(link => (JsonNode)new JsonObject { ["title"] = link.Title, ["url"] = AddressOf(link) })]));
        }
    }

    /// <summary>The time and the data source stay as they are; the site does not, since a row says which host it is about.</summary>
    private static string AddressOf(Link link) =>
        $"/d/{link.Dashboard}?${{__url_time_range}}&${{datasource:queryparam}}{string.Concat(link.Variables.Select(pair => $"&var-{pair.Variable}=${{__data.fields.{pair.Column}:percentencode}}"))}";

    private static JsonObject Options(Panel panel) => panel.Kind switch
    {
        PanelKind.Lines => new JsonObject
        {
            ["legend"] = new JsonObject { ["displayMode"] = "table", ["placement"] = "bottom", ["showLegend"] = true, ["calcs"] = new JsonArray("lastNotNull", "max") },
            ["tooltip"] = new JsonObject { ["mode"] = "multi", ["sort"] = "desc" },
        },
        PanelKind.Number => new JsonObject
        {
            ["reduceOptions"] = Reduce(),
            ["colorMode"] = "background",
            ["graphMode"] = "none",
            ["textMode"] = "auto",
            ["justifyMode"] = "auto",
            ["orientation"] = "auto",
        },
        PanelKind.Bars => new JsonObject { ["reduceOptions"] = Reduce(), ["orientation"] = "horizontal", ["displayMode"] = "gradient", ["showUnfilled"] = true },
        PanelKind.Table => new JsonObject
        {
            ["showHeader"] = true,
            ["sortBy"] = panel.SortBy.Length == 0 ? [] : new JsonArray(new JsonObject { ["displayName"] = panel.SortBy, ["desc"] = true }),
        },
        _ => new JsonObject { ["showValue"] = "never", ["mergeValues"] = true, ["rowHeight"] = 0.9, ["legend"] = new JsonObject { ["showLegend"] = true, ["displayMode"] = "list", ["placement"] = "bottom" } },
    };

    private static JsonObject Reduce() => new() { ["calcs"] = new JsonArray("lastNotNull"), ["fields"] = "", ["values"] = false };
}
