using HandlebarsDotNet;
using NocMonitor.Collector.Rules.Templates;

namespace NocMonitor.Collector.Tests.Rules.Templates;

public class PlainTemplateTests
{
    private static readonly string[] Parts =
        ["{{", "}}", "{", "}", "host", "bytes", "or", "else", "this", " ", "'", "'a b'", "\"", "2", "2x", "\\", "{{#if host}}", "{{else}}", "{{/if}}", "!", "text", "~", "("];

    [TestCase("{{host}} is at {{percent value}}, {{or error 'not known'}}; {{number value 1}}")]
    [TestCase("{{count}}", TestName = "A field may have the name of a helper")]
    [TestCase("{ alone } is text")]
    [TestCase("{{#if x}}a{{#if y}}b{{else}}c{{/if}}{{else}}d{{/if}}")]
    public void The_plain_kind_is_recognised(string template)
    {
        Assert.That(PlainTemplate.IsGood(template), Is.True);
    }

    [TestCase("{{#if x}}y")]
    [TestCase("{{#if x}}y{{else}}z{{else}}{{/if}}")]
    [TestCase("{{#if x}}y{{/if}}{{/if}}")]
    [TestCase("{{#if this}}y{{/if}}")]
    [TestCase("{{#unless x}}y{{/unless}}")]
    [TestCase("{{{host}}}")]
    [TestCase("\\{{host}}")]
    [TestCase("{{host")]
    [TestCase("{{}}")]
    [TestCase("{{unknown value}}")]
    [TestCase("{{or (upper a) b}}")]
    [TestCase("{{else}}")]
    [TestCase("{{this.host}}")]
    [TestCase("{{host }}")]
    public void What_is_not_plain_is_left_to_a_trial(string template)
    {
        Assert.That(PlainTemplate.IsGood(template), Is.False);
    }

    [Test]
    public void What_is_recognised_is_good_for_Handlebars_too()
    {
        var random = new Random(11);
        var engine = Handlebars.Create();
        TemplateHelpers.Register(engine);
        var recognised = 0;
        for (var i = 0; i < 20_000 && recognised < 300; i++)
        {
            var template = string.Concat(Enumerable.Range(0, random.Next(3, 8)).Select(_ => Parts[random.Next(Parts.Length)]));
            if (template.Contains("{{", StringComparison.Ordinal) && PlainTemplate.IsGood(template))
            {
                recognised++;
                Assert.That(() => engine.Compile(template)(new Dictionary<string, object>()), Throws.Nothing, template);
            }
        }

        Assert.That(recognised, Is.GreaterThan(20));
    }

    [Test]
    public void The_shipped_rules_are_of_the_plain_kind()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "rules");
        var places = Directory.GetFiles(folder, "*.json").SelectMany(File.ReadAllLines).Where(line => line.Contains("{{", StringComparison.Ordinal)).ToList();

        Assert.That(places, Has.Count.GreaterThan(50));
        Assert.That(places.Where(line => !PlainTemplate.IsGood(line.Replace("\\\"", ""))), Is.Empty);
    }
}
