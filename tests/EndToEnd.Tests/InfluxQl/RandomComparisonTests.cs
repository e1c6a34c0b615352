using System.Globalization;
using System.Text.Json.Nodes;
using NocMonitor.EndToEnd.Tests.InfluxQl.Random;
using NocMonitor.EndToEnd.Tests.Stage;

namespace NocMonitor.EndToEnd.Tests.InfluxQl;

/// <summary>
/// Queries by chance at a collector and at a real InfluxDB 1. <c>NOCMONITOR_QUERY_SEED</c> and <c>NOCMONITOR_QUERY_COUNT</c> ask others or more of them; what
/// differs names the seed of its query.
/// </summary>
public class RandomComparisonTests
{
    private const string Database = "cmp";

    [Test]
    public async Task A_collector_answers_queries_by_chance_as_InfluxDB_does()
    {
        await using var influx = new InfluxServer();
        await influx.StartAsync();
        await influx.AskAsync($"CREATE DATABASE {Database}", "");
        await influx.WriteAsync(NastyPoints.Lines(), Database);
        await using var site = new Site();
        using var http = new HttpClient();
        site.CollectorOptions["Store"] = new JsonObject { ["Retention"] = "36500d" };
        await site.StartCollectorAsync();
        using var stored = await site.PostAsync($"/write?db={Database}", new StringContent(NastyPoints.Lines()));
        Assert.That((int)stored.StatusCode, Is.EqualTo(204), await stored.Content.ReadAsStringAsync());
        var differences = new List<string>();
        var seed = Setting("NOCMONITOR_QUERY_SEED", 20_170_714);

        foreach (var each in Enumerable.Range(seed, Setting("NOCMONITOR_QUERY_COUNT", 500)))
        {
            var query = RandomQuery.Throw(each);
            var expected = await AnswerAsync(http, influx.Url, query);
            var actual = await AnswerAsync(http, site.Url, query);
            if (!AnswerComparison.Alike(expected, actual))
            {
                differences.Add($"seed {each}: {query}\n  InfluxDB  {expected}\n  collector {actual}");
            }
        }

        Assert.That(differences, Is.Empty, () => string.Join('\n', differences));
    }

    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    private static async Task<string> AnswerAsync(HttpClient http, string url, RandomQuery query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{url}/query"));
        request.Headers.Add("Accept", query.Csv ? "application/csv" : "application/json");
        request.Content = new FormUrlEncodedContent([new("q", query.Text), new("db", Database), new("epoch", query.Epoch), new("params", query.Parameters)]);
        using var answer = await http.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }
}
