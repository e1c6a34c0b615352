using NocMonitor.Probes.Snmp.Profiles.Expressions;

namespace NocMonitor.Probes.Tests.Snmp.Profiles;

public class ExpressionTests
{
    [TestCase("1 + 2 * 3", 7)]
    [TestCase("(1 + 2) * 3", 9)]
    [TestCase("2 ^ 3 ^ 2", 512)]
    [TestCase("-2 ^ 2", -4)]
    [TestCase("10 ^ -3", 0.001)]
    [TestCase("8 / 4 / 2", 1)]
    [TestCase("1 - 1 - 1", -1)]
    [TestCase("a * 1e3", 5000)]
    [TestCase("first(gone, a)", 5)]
    [TestCase("first(nonzero(zero), 7)", 7)]
    [TestCase("if(a >= 5, 1, 2)", 1)]
    [TestCase("if(a == 4, 1, 2)", 2)]
    [TestCase("min(a, 3) + max(a, 3)", 8)]
    [TestCase("abs(0 - a)", 5)]
    [TestCase("10 * log10(100)", 20)]
    [TestCase("gone + 1", double.NaN)]
    [TestCase("none", double.NaN)]
    [TestCase("a / zero", double.NaN)]
    [TestCase("if(gone, 1, 2)", double.NaN)]
    public void Arithmetic_goes_as_in_mathematics_and_what_has_no_value_gives_none(string text, double value)
    {
        var expression = NumberExpression.TryParse(text, out var error)!;

        Assert.That(error, Is.Empty);
        Assert.That(expression.Evaluate([.. expression.Names.Select(name => name switch { "a" => 5, "zero" => 0, _ => double.NaN })]), Is.EqualTo(value));
    }

    [TestCase("", "a value is missing at the end, at character 1")]
    [TestCase("1 +", "a value is missing at the end, at character 4")]
    [TestCase("(1", "')' is missing, at character 3")]
    [TestCase("1 2", "unexpected '2', at character 3")]
    [TestCase("a $ b", "unexpected '$', at character 3")]
    [TestCase("root(4)", "there is no function root")]
    [TestCase("nonzero(1, 2)", "nonzero takes 1 values, not 2")]
    [TestCase("1.2.3", "'1.2.3' is not a number")]
    public void What_cannot_be_read_is_said_with_its_place(string text, string error)
    {
        Assert.That(NumberExpression.TryParse(text, out var found), Is.Null);
        Assert.That(found, Does.StartWith(error));
    }

    [TestCase("((((")]
    [TestCase("- ")]
    [TestCase("2^")]
    [TestCase("abs(")]
    public void A_deep_expression_is_refused(string part)
    {
        Assert.That(NumberExpression.TryParse(string.Concat(Enumerable.Repeat(part, 20_000)) + "1", out _), Is.Null);
    }

    [TestCase("plain", "plain")]
    [TestCase("{a} {b}", "x y")]
    [TestCase("{gone|b}", "y")]
    [TestCase("Fan {index.2} of {index}", "Fan 2 of 1.2.3")]
    [TestCase("{{{a}}}", "{x}")]
    [TestCase("{} rx power", "own rx power")]
    [TestCase("{gone} ", "")]
    public void A_template_is_filled_in(string text, string expected)
    {
        var template = TextTemplate.TryParse(text, out _)!;

        var rendered = template.Render("1.2.3", static (index, name) => name switch
        {
            { Symbol: "a" } => "x",
            { Symbol: "b" } => "y",
            { Symbol: "" } => "own",
            { Symbol: null, Arc: 0 } => index,
            { Symbol: null } => index.Split('.')[name.Arc - 1],
            _ => null,
        });

        Assert.That(rendered, Is.EqualTo(expected));
    }
}
