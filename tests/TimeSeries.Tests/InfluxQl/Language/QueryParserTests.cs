using NocMonitor.TimeSeries.InfluxQl;
using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.Tests.InfluxQl.Language;

public class QueryParserTests
{
    private const string Long = "SELECT mean(\"a b\") * 2.5 AS x, /y\\/z/ FROM (SELECT *::field FROM db.rp./m.*/ WHERE t =~ /^a$/ AND time > now() - 1h30m) GROUP BY time(1m, -5s), * " +
        "fill(linear) ORDER BY time DESC LIMIT 3 OFFSET 1 SLIMIT 2 SOFFSET 4 tz('Europe/Paris') -- end\n; SHOW TAG VALUES FROM m WITH KEY IN (a, \"b\") WHERE x != 'y\\'' /* rest */ LIMIT 5";

    [TestCase("SELECT a + b * c FROM m", "a + b * c")]
    [TestCase("SELECT (a + b) * -c FROM m", "(a + b) * -1 * c")]
    [TestCase("SELECT a / b / c FROM m", "a / b / c")]
    [TestCase("SELECT MEAN(\"select\"::float) FROM m", "mean(\"select\"::float)")]
    [TestCase("SELECT count(DISTINCT x) FROM m", "count(DISTINCT x)")]
    [TestCase("SELECT top(v, \"h\\\"h\", 2) FROM m", "top(v, \"h\\\"h\", 2)")]
    [TestCase("SELECT a.b.c FROM m", "\"a.b.c\"")]
    [TestCase("SELECT -9223372036854775808 * a FROM m", "-9223372036854775808 * a")]
    public void An_expression_reads_as_it_is_written(string query, string expected) =>
        Assert.That(((SelectStatement)QueryParser.Parse(query, QueryParameters.None)[0]).Fields[0].Expr.ToString(), Is.EqualTo(expected));

    [Test]
    public void Operators_of_one_rank_bind_from_the_left_and_higher_ones_first()
    {
        var expr = (Binary)((SelectStatement)QueryParser.Parse("SELECT a - b - c * d FROM m", QueryParameters.None)[0]).Fields[0].Expr;

        Assert.That((expr.Left.ToString(), expr.Right.ToString()), Is.EqualTo(("a - b", "c * d")));
    }

    [Test]
    public void Every_beginning_of_a_query_is_read_or_refused_with_a_place()
    {
        for (var length = 0; length < Long.Length; length++)
        {
            Assert.That(ErrorOf(Long[..length]), Is.Null.Or.Contains("at line ").Or.Contains("must be").Or.Contains("only ORDER BY").Or.Contains("requires").Or.Contains("invalid duration").Or.Contains("unable to find"), Long[..length]);
        }
    }

    [TestCase("SELECT\nv\nFROM", "found EOF, expected identifier at line 3, char 6")]
    [TestCase("SELECT v FROM m;; SELECT", "found EOF, expected identifier, string, number, bool at line 1, char 26")]
    [TestCase("SELECT v FROM m SELECT", "found SELECT, expected ; at line 1, char 17")]
    [TestCase("SELECT 'a\\q' FROM m", "found \\q, expected identifier, string, number, bool at line 1, char 11")]
    [TestCase("SELECT v FROM m WHERE a =~ /(/", "error parsing regexp: Invalid pattern '(' at offset 1. Not enough )'s. at line 1, char 28")]
    [TestCase("SELECT v FROM a.b.c.d", "too many segments in \"a\".\"b\".\"c\".\"d\" at line 1, char 1")]
    [TestCase("SELECT v FROM m tz('Nowhere/At_all')", "unable to find time zone Nowhere/At_all")]
    [TestCase("SELECT v FROM m LIMIT 1.5", "found 1.5, expected integer at line 1, char 23")]
    public void An_error_says_what_was_found_and_where(string query, string expected) => Assert.That(ErrorOf(query), Is.EqualTo(expected));

    [Test]
    public void Nesting_and_chains_have_their_limits()
    {
        Assert.That(ErrorOf($"SELECT {new string('(', 5_000)}v{new string(')', 5_000)} FROM m"), Does.Contain("levels"));
        Assert.That(ErrorOf($"SELECT v{string.Concat(Enumerable.Repeat("+v", 5_000))} FROM m"), Does.Contain("operators"));
        Assert.That(ErrorOf(string.Concat(Enumerable.Repeat("SELECT v FROM (", 5_000))), Does.Contain("levels"));
        Assert.That(ErrorOf($"SELECT v FROM m WHERE {string.Join(" OR ", Enumerable.Range(0, 900).Select(i => $"h = 'h{i}'"))}"), Is.Null);
    }

    [TestCase("{\"v\": 5}", "SELECT v FROM m WHERE v > $v", "v > 5")]
    [TestCase("{\"v\": \"x'y\"}", "SELECT v FROM m WHERE v = $v", "v = 'x\\'y'")]
    [TestCase("{\"v\": {\"regex\": \"^a/b\"}}", "SELECT v FROM m WHERE v =~ $v", "v =~ /^a\\/b/")]
    [TestCase("{\"v\": {\"duration\": \"5m\"}}", "SELECT v FROM m WHERE v > $v", "v > 5m")]
    [TestCase("{\"v\": {\"identifier\": \"a b\"}}", "SELECT v FROM m WHERE $v > true", "\"a b\" > true")]
    public void A_parameter_stands_for_its_value(string parameters, string query, string expected) =>
        Assert.That(((SelectStatement)QueryParser.Parse(query, QueryParameters.Parse(parameters))[0]).Condition!.ToString(), Is.EqualTo(expected));

    [TestCase("[1]")]
    [TestCase("{\"v\": null}")]
    [TestCase("{\"v\": {\"regex\": 5}}")]
    [TestCase("{")]
    public void Parameters_that_are_none_are_refused(string parameters) =>
        Assert.That(() => QueryParameters.Parse(parameters), Throws.TypeOf<QuerySyntaxException>());

    private static string? ErrorOf(string query)
    {
        try
        {
            QueryParser.Parse(query, QueryParameters.None);
            return null;
        }
        catch (QuerySyntaxException error)
        {
            return error.Message;
        }
    }
}
