using NocMonitor.Collector.Rules.Templates;

namespace NocMonitor.Collector.Tests.Rules.Templates;

public class RuleTemplateTests
{
    private static readonly Dictionary<string, object> Values = new()
    {
        ["host"] = "db01",
        ["path"] = "/var/lib \"x\" <&>",
        ["used_percent"] = new TemplateNumber(95.123456),
        ["free"] = new TemplateNumber(4_312_000_000),
        ["rate"] = new TemplateNumber(12_500_000),
        ["rtt"] = new TemplateNumber(0.0421),
        ["left"] = new TemplateNumber(93_784),
        ["tiny"] = new TemplateNumber(0.00012),
        ["whole"] = new TemplateNumber(1234567),
        ["count"] = new TemplateNumber(12000),
        ["share"] = new TemplateNumber(0.256),
        ["never"] = new TemplateNumber(double.PositiveInfinity),
        ["error"] = "connection refused",
        ["empty"] = "",
    };

    [TestCase("no places", "no places")]
    [TestCase("{{host}}: {{used_percent}} %", "db01: 95.12 %")]
    [TestCase("{{path}}", "/var/lib \"x\" <&>", TestName = "Text is not escaped as HTML")]
    [TestCase("{{bytes free}} left", "4.3 GB left")]
    [TestCase("{{bits rate}}", "100 Mbit/s")]
    [TestCase("{{percent used_percent}}", "95.1 %")]
    [TestCase("{{share share}}", "25.6 %")]
    [TestCase("{{duration rtt}}", "42.1ms")]
    [TestCase("{{duration left}}", "1d 2h")]
    [TestCase("{{ms rtt}}", "0ms")]
    [TestCase("{{number used_percent 3}}", "95.123")]
    [TestCase("{{number used_percent}}", "95.12")]
    [TestCase("{{count whole}}", "1 234 567")]
    [TestCase("{{count}} {{count count}}", "12000 12 000", TestName = "A field may have the name of a helper")]
    [TestCase("{{tiny}}", "1.2e-4")]
    [TestCase("{{never}} {{duration never}}", "∞ ∞")]
    [TestCase("{{upper host}} {{lower 'ABC'}}", "DB01 abc")]
    [TestCase("{{or error 'no reason'}}", "connection refused")]
    [TestCase("{{or missing empty 'no reason'}}", "no reason")]
    [TestCase("{{bytes missing}} {{missing}}|", "? |", TestName = "A missing value is a question mark in a helper and nothing by itself")]
    [TestCase("{{bytes host}}", "?", TestName = "A text is no number")]
    [TestCase("{{#if error}}because {{error}}{{/if}}", "because connection refused")]
    [TestCase("{{#if missing}}never{{/if}}", "")]
    public void A_template_shows_its_values(string template, string expected)
    {
        Assert.That(Rendered(template, Values), Is.EqualTo(expected));
    }

    [TestCase("{{host", TestName = "An unclosed place")]
    [TestCase("{{#if x}}", TestName = "An unclosed block")]
    [TestCase("{{byts free}}", TestName = "A helper that does not exist")]
    [TestCase("{{/if}}", TestName = "A block that was never opened")]
    public void A_bad_template_is_an_error_at_load(string template)
    {
        Assert.That(RuleTemplate.Compile(template, out var error), Is.Null);
        Assert.That(error, Does.StartWith("not a template: ").And.Not.Contain("\n"));
    }

    [Test]
    public void Control_characters_and_length_do_not_reach_people()
    {
        var text = Rendered("{{host}}", new Dictionary<string, object> { ["host"] = "a\u0007b\tc" + new string('x', 10_000) });

        Assert.That(text, Does.StartWith("a b c"));
        Assert.That(text, Has.Length.EqualTo(4000));
    }

    [TestCase(0, "0 B")]
    [TestCase(999, "999 B")]
    [TestCase(1500, "1.5 kB")]
    [TestCase(-2_000_000, "-2 MB")]
    public void Sizes(double value, string expected)
    {
        Assert.That(TemplateHelpers.Bytes(value), Is.EqualTo(expected));
    }

    [TestCase(0, "0ms")]
    [TestCase(0.25, "250ms")]
    [TestCase(12.34, "12.3s")]
    [TestCase(60, "1m")]
    [TestCase(310, "5m 10s")]
    [TestCase(7200, "2h")]
    [TestCase(183600, "2d 3h")]
    [TestCase(-90, "-1m 30s")]
    public void Durations(double seconds, string expected)
    {
        Assert.That(TemplateHelpers.Duration(seconds), Is.EqualTo(expected));
    }

    private static string Rendered(string template, Dictionary<string, object> values)
    {
        var compiled = RuleTemplate.Compile(template, out var error);
        Assert.That(error, Is.Null);
        return compiled!.Render(values);
    }
}
