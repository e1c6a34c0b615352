using NocMonitor.Collector.Rules.Language;

namespace NocMonitor.Collector.Tests.Rules.Language;

public class ConditionTests
{
    [TestCase("x > 1", "True")]
    [TestCase("x >= 2", "True")]
    [TestCase("x < 2", "False")]
    [TestCase("x <= 1", "False")]
    [TestCase("x == 2", "True")]
    [TestCase("x != 2", "False")]
    [TestCase("x <> 2", "False")]
    [TestCase("1 < x", "True")]
    [TestCase("3 <= x", "False")]
    [TestCase("1 + 2 * x == 5", "True")]
    [TestCase("(1 + 2) * x == 6", "True")]
    [TestCase("10 - 3 - 2 == 5", "True")]
    [TestCase("x / 4 == 0.5", "True")]
    [TestCase("-x == -2", "True")]
    [TestCase("2 - -x == 4", "True")]
    [TestCase("x > 1 and y > 1 or x > 100", "True")]
    [TestCase("x > 1 or y > 100 and y > 1000", "True")]
    [TestCase("not x > 1", "False")]
    [TestCase("not x > 1 or y == 5", "True")]
    [TestCase("NOT (x > 1 AND y > 100)", "True")]
    [TestCase("up", "True")]
    [TestCase("not up", "False")]
    [TestCase("up == true", "True")]
    [TestCase("up != true", "False")]
    [TestCase("state == 'failed'", "True")]
    [TestCase("state != \"failed\"", "False")]
    [TestCase("'running' != state", "True")]
    [TestCase("state == 'Failed'", "False")]
    [TestCase("`odd name/sec` == 7", "True")]
    [TestCase("free < 20GB", "True")]
    [TestCase("free < 10GiB", "True")]
    [TestCase("free < 10GB", "False")]
    [TestCase("x < 500ms", "False")]
    [TestCase("x == 2s", "True")]
    [TestCase("x * 60 == 2m", "True")]
    [TestCase("age == 1d2h", "True")]
    [TestCase("y > 4%", "True")]
    [TestCase("2e0 == x", "True")]
    [TestCase("true", "True")]
    public void A_condition_says_what_it_says(string condition, string expected)
    {
        var sample = new ConditionSample(condition)
            .Feed(0, ("x", 2), ("y", 5L), ("up", true), ("state", "failed"), ("odd name/sec", 7), ("free", 10.5e9), ("age", 93600));

        Assert.That(sample.Truth.ToString(), Is.EqualTo(expected));
    }

    [TestCase("missing > 1", "Unknown")]
    [TestCase("not missing > 1", "Unknown")]
    [TestCase("missing > 1 and x > 1", "Unknown")]
    [TestCase("missing > 1 and x > 100", "False")]
    [TestCase("x > 100 and missing > 1", "False")]
    [TestCase("missing > 1 or x > 1", "True")]
    [TestCase("x > 1 or missing > 1", "True")]
    [TestCase("missing > 1 or x > 100", "Unknown")]
    [TestCase("missing", "Unknown")]
    [TestCase("missing + x > 1", "Unknown")]
    [TestCase("x / 0 > 1", "Unknown")]
    [TestCase("missing == 'a'", "Unknown")]
    [TestCase("missing != 'a'", "Unknown")]
    [TestCase("x == 'a'", "Unknown")]
    [TestCase("state > 1", "Unknown")]
    [TestCase("avg(missing, 5m) > 1", "Unknown")]
    public void What_is_missing_is_unknown_and_decides_nothing_by_itself(string condition, string expected)
    {
        var sample = new ConditionSample(condition).Feed(0, ("x", 2), ("state", "failed"));

        Assert.That(sample.Truth.ToString(), Is.EqualTo(expected));
    }

    [TestCase("used > 85 and free < 20GB", 90.0, 85.0)]
    [TestCase("20GB > free and used > 1", 5.0, 20e9)]
    [TestCase("used / 2 > 10", 45.0, 10.0)]
    [TestCase("used > free", 90.0, double.NaN)]
    [TestCase("up == false", 1.0, 0.0)]
    [TestCase("up", 1.0, double.NaN)]
    [TestCase("state == 'x'", double.NaN, double.NaN)]
    public void The_first_comparison_gives_value_and_threshold(string condition, double value, double threshold)
    {
        var sample = new ConditionSample(condition).Feed(0, ("used", 90), ("free", 5), ("up", true), ("state", "x"));

        Assert.That((sample.Observed, sample.Condition.Limit), Is.EqualTo((value, threshold)));
    }

    [TestCase("", 1, "expected a field, a number, a function or '(', not the end")]
    [TestCase("x >", 4, "not the end")]
    [TestCase("x > and y < 2", 5, "not 'and'")]
    [TestCase("x 5", 3, "expected an operator or the end, not the number 5")]
    [TestCase("x = 5", 3, "equality is '=='")]
    [TestCase("x > 1 && y > 1", 7, "write 'and'")]
    [TestCase("x > 1 || y", 7, "write 'or'")]
    [TestCase("!x", 1, "write 'not'")]
    [TestCase("x % 2 == 1", 3, "'%' is a unit")]
    [TestCase("(x > 1", 7, "expected ')' for the '(' at column 1, not the end")]
    [TestCase("x > 1)", 6, "not ')'")]
    [TestCase("1 < x < 3", 7, "comparisons do not chain")]
    [TestCase("x > 5GX", 6, "'GX' is no unit")]
    [TestCase("x > 5 GB", 7, "not the name GB")]
    [TestCase("x > 1.2.3", 5, "this is not a number")]
    [TestCase("x > 1e999", 5, "too large")]
    [TestCase("state == 'x", 10, "no closing '")]
    [TestCase("`x", 1, "no closing `")]
    [TestCase("``", 1, "empty")]
    [TestCase("x > 1 # y", 7, "'#' means nothing")]
    [TestCase("x + 1", 3, "expected something true or false here")]
    [TestCase("5", 1, "expected something true or false here")]
    [TestCase("'a' == 'b'", 5, "a text can only be compared with a field")]
    [TestCase("state < 'b'", 7, "texts can only be compared with == and !=")]
    [TestCase("up > true", 4, "true and false can only be compared")]
    [TestCase("(x > 1) + 2 == 3", 4, "expected a number here; this is a condition")]
    [TestCase("avg(x) > 1", 1, "a call looks like avg(field, window)")]
    [TestCase("avg(x, 5) > 1", 8, "this argument is a duration")]
    [TestCase("avg(x, 5m, 3) > 1", 1, "a call looks like")]
    [TestCase("avg(x + 1, 5m) > 1", 7, "this argument is the name of a field")]
    [TestCase("avg(x, 91d) > 1", 8, "1ms to 90d")]
    [TestCase("quantile(x, 95, 5m) > 1", 13, "the share goes from 0 to 1")]
    [TestCase("quantle(x, 0.5, 5m) > 1", 1, "there is no function quantle; did you mean quantile?")]
    [TestCase("rtt_ms > 150ms", 8, "150ms is 0.15 seconds, but rtt_ms counts ms")]
    [TestCase("48h > hours_until(x, 100)", 5, "counts hours")]
    [TestCase("avg(x, 5m", 10, "expected ',' or ')', not the end")]
    public void An_error_names_its_column(string condition, int column, string message)
    {
        var compiled = Condition.Compile(condition, new FieldSlots(), out var error);

        Assert.That(compiled, Is.Null);
        Assert.That(error!.Message, Does.Contain(message));
        Assert.That(error.Column, Is.EqualTo(column));
    }

    [Test]
    public void An_error_is_shown_with_a_caret_under_its_column()
    {
        Condition.Compile("used_percent > and free < 20GB", new FieldSlots(), out var error);

        Assert.That(error!.Render("used_percent > and free < 20GB"), Is.EqualTo(
            """
            expected a field, a number, a function or '(', not 'and' (column 16)
                used_percent > and free < 20GB
                               ^
            """));
    }

    [Test]
    public void The_caret_of_a_long_condition_stands_under_the_place_it_means()
    {
        var condition = $"{string.Concat(Enumerable.Repeat("x > 1 and ", 40))}y > )";
        Condition.Compile(condition, new FieldSlots(), out var error);

        var lines = error!.Render(condition).Split('\n');

        Assert.That(lines[1][lines[2].IndexOf('^', StringComparison.Ordinal)], Is.EqualTo(')'));
    }

    [Test]
    public void Conditions_have_limits_of_length_depth_and_terms()
    {
        var tooLong = new string(' ', ConditionParser.LongestText + 1);
        var tooDeep = $"{new string('(', 100)}x > 1{new string(')', 100)}";
        var tooMany = string.Join(" + ", Enumerable.Repeat("1", 300)) + " > x";

        Assert.That(ErrorOf(tooLong), Does.Contain("at most 4096 characters"));
        Assert.That(ErrorOf(tooDeep), Does.Contain("nested more than 40 deep"));
        Assert.That(ErrorOf(tooMany), Does.Contain("at most 256 terms"));
    }

    private static string ErrorOf(string condition)
    {
        Condition.Compile(condition, new FieldSlots(), out var error);
        return error!.Message;
    }
}
