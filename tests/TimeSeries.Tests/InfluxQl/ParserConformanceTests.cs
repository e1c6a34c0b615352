using System.Text.Json.Nodes;
using NocMonitor.Testing;
using NocMonitor.TimeSeries.InfluxQl;

namespace NocMonitor.TimeSeries.Tests.InfluxQl;

/// <summary>InfluxQL's own parser tests: what is read and what is refused, with the same words and places.</summary>
[Category("Conformance")]
public class ParserConformanceTests
{
    [Test]
    public void Every_statement_is_read_or_refused_with_the_same_error()
    {
        var differences = new List<string>();
        var cases = JsonNode.Parse(File.ReadAllText(Corpora.Find("influxql/parser.json")))!.AsArray();

        foreach (var test in cases)
        {
            var error = ErrorOf(test!["s"]!.GetValue<string>());
            var expected = test["valid"]!.GetValue<bool>() ? null : test["err"]!.GetValue<string>();
            if (error != expected)
            {
                differences.Add($"{test["s"]}\n  expected {expected ?? "no error"}\n  but was  {error ?? "no error"}");
            }
        }

        Assert.That(cases, Has.Count.GreaterThan(200));
        Assert.That(differences, Is.Empty, () => string.Join('\n', differences));
    }

    private static string? ErrorOf(string query)
    {
        try
        {
            QueryEngine.Parse(query, QueryParameters.None);
            return null;
        }
        catch (QuerySyntaxException error)
        {
            return error.Message;
        }
    }
}
