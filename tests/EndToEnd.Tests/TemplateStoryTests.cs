using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NocMonitor.EndToEnd.Tests.Stage;
using NocMonitor.Testing;

namespace NocMonitor.EndToEnd.Tests;

/// <summary>
/// Every template that ships, and every construct a user's may have, rendered by the real program: trimming takes code away that only a look at the published
/// program finds missing. A template that cannot be rendered is shown as written, with its braces.
/// </summary>
public partial class TemplateStoryTests
{
    private static readonly (string Template, string Text)[] Constructs =
    [
        ("{{bytes number_1}} {{bits number_1}} {{percent number_1}} {{share number_1}}", "12.3 kB 98.8 kbit/s 12345.7 % 1234567.8 %"),
        ("{{duration number_1}} {{ms number_1}} {{number number_1 3}} {{count number_1}}", "3h 25m 12.3s 12345.678 12 346"),
        ("{{upper word_1}} {{lower word_1}} {{or nothing 'none'}} {{nothing}}.", "OK ok none ."),
        ("{{#if word_1}}yes{{else}}no{{/if}} {{#unless nothing}}unless{{/unless}}", "yes unless"),
        ("{{#with this}}{{word_1}}{{/with}} {{lookup this 'word_1'}} {{[word_1]}}", "Ok Ok Ok"),
        ("{{{word_1}}} {{~word_1~}} {{! a comment }}{{!-- another --}}end", "OkOkend"),
        ("{{#each this}}{{#if @first}}first {{/if}}{{/each}}", "first "),
        ("{{#word_1}}block{{/word_1}}{{^nothing}} inverted{{/nothing}}", "block inverted"),
    ];

    [Test]
    public async Task All_shipped_templates_and_all_constructs_are_rendered_by_the_program_as_it_runs()
    {
        await using var site = new Site();
        using var rules = new TemporaryFolder();
        var templates = Shipped().Distinct().Concat(Constructs.Select(construct => construct.Template)).ToList();
        rules.Write("templates.json", RuleFile(templates));
        site.CollectorOptions["Rules"] = new JsonObject { ["Directory"] = rules.Path };
        site.Webhook.Start();
        await site.StartCollectorAsync();

        using var answer = await site.PostAsync("/api/v2/write", new StringContent(Line(templates)));
        Assert.That((int)answer.StatusCode, Is.EqualTo(204), site.Evidence());
        var summaries = new Dictionary<int, string>();
        await Eventually.HappensAsync("an alert for each template", async () => (summaries = await SummariesAsync(site)).Count == templates.Count, site.Evidence);

        Assert.That(templates, Has.Count.GreaterThan(100));
        Assert.That(summaries.Values.Where(text => text.Contains("{{", StringComparison.Ordinal) || text.Length == 0), Is.Empty);
        Assert.That(templates.Index().Skip(templates.Count - Constructs.Length).Select(entry => summaries[entry.Index]), Is.EqualTo(Constructs.Select(construct => construct.Text.Trim())));
    }

    private static async Task<Dictionary<int, string>> SummariesAsync(Site site) =>
        ((await site.GetAsync("/api/v1/alerts?rule=&limit=1000"))?["alerts"]?.AsArray() ?? [])
            .Where(alert => alert!["rule"]!.GetValue<string>().StartsWith("template.", StringComparison.Ordinal))
            .ToDictionary(alert => int.Parse(alert!["rule"]!.GetValue<string>()["template.".Length..], CultureInfo.InvariantCulture), alert => alert!["summary"]!.GetValue<string>().Trim());

    private static string RuleFile(List<string> templates) => new JsonObject
    {
        ["Rules"] = new JsonArray([.. templates.Select((template, index) => new JsonObject
        {
            ["Name"] = $"template.{index}", ["Measurement"] = "templates", ["Critical"] = "trigger > 0", ["Summary"] = template,
        })]),
    }.ToJsonString();

    /// <summary>One point with a number for each name that a template may ask for.</summary>
    private static string Line(List<string> templates)
    {
        var names = templates.SelectMany(template => Place().Matches(template)).SelectMany(place => Name().Matches(place.Value)).Select(name => name.Value)
            .Where(name => name is not ("nothing" or "word_1" or "number_1" or "host" or "trigger")).Distinct();
        var line = new StringBuilder("templates,host=h1 trigger=1i,word_1=\"Ok\",number_1=12345.678");
        foreach (var name in names)
        {
            line.Append(CultureInfo.InvariantCulture, $",{name}=42.5");
        }

        return line.Append('\n').ToString();
    }

    private static IEnumerable<string> Shipped() => Directory.EnumerateFiles(Repository.Locate("rules"), "*.json").Order(StringComparer.Ordinal)
        .SelectMany(file => Texts(JsonNode.Parse(File.ReadAllText(file), null, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })))
        .Where(text => text.Contains("{{", StringComparison.Ordinal));

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Texts(member.Value)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    [GeneratedRegex(@"\{\{[^}]*\}\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"(?<![\w'@])[a-zA-Z_][a-zA-Z0-9_]*(?![\w'])")]
    private static partial Regex Name();
}
