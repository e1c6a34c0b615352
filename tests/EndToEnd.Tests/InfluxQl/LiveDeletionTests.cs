using System.Text.Json.Nodes;
using NocMonitor.EndToEnd.Tests.Stage;

namespace NocMonitor.EndToEnd.Tests.InfluxQl;

/// <summary>The same points, deletions and questions at a collector and at a real InfluxDB 1: what a deletion answers, and what is answered afterwards. Where the two differ on purpose, docs/formats/influxql.md says why.</summary>
public class LiveDeletionTests
{
    private const string Database = "cmp";

    /// <summary>One after the other, on what the ones before left.</summary>
    private static readonly string[] Deletions =
    [
        "DELETE FROM cpu WHERE time < 1500000200000000000",
        "DELETE FROM cpu WHERE host = 'h1' AND time >= 1500000700000000000 AND time <= 1500000900000000000",
        "DELETE FROM cpu WHERE time > '2017-07-14T03:00:00Z'",
        "DELETE FROM cpu WHERE time = 1500000600000000000",
        "DELETE FROM cpu WHERE host = 'nobody'",
        "DELETE FROM nothing WHERE time < now()",
        "DELETE FROM cpu WHERE usage > 50",
        "DELETE FROM cpu WHERE time > now() AND time < 0",
        "DELETE FROM /me./ WHERE time < 1500000300000000000",
        "DELETE FROM mem WHERE host = 'h2'",
        "DELETE WHERE host = 'h0'",
        "DROP SERIES FROM cpu WHERE time < 1500000700000000000",
        "DROP SERIES FROM cpu WHERE usage > 50",
        "DROP SERIES FROM cpu WHERE host = 'h1'",
        "DROP SERIES FROM mem WHERE host =~ /h[13]/",
        "DROP SERIES FROM nothing",
        "DROP SERIES WHERE host = 'h3'",
        "DROP SERIES FROM /c.r/ WHERE \"if\" != 'eth1'",
        "DELETE FROM cpu",
    ];

    /// <summary>Of what the test has written: a collector also writes points of its own.</summary>
    private static readonly string[] Questions =
    [
        "SELECT count(*), first(*), last(*) FROM cpu, ctr, mem GROUP BY *",
        "SELECT * FROM cpu WHERE time >= 1500000590000000000 AND time <= 1500000910000000000",
        "SHOW MEASUREMENTS WITH MEASUREMENT =~ /^(cpu|ctr|mem)$/",
        "SHOW SERIES FROM cpu, ctr, mem",
        "SHOW TAG KEYS FROM cpu, ctr, mem",
        "SHOW FIELD KEYS FROM cpu, ctr, mem",
    ];

    /// <summary>What is written then comes as new.</summary>
    private const string Again = "cpu,host=h1,region=eu usage=1.5 1500000000000000000\nmem,host=h9 used=1i 1500000000000000000\n";

    [Test]
    public async Task What_a_deletion_answers_and_leaves_is_what_it_is_at_InfluxDB()
    {
        await using var influx = new InfluxServer();
        await influx.StartAsync();
        await influx.AskAsync($"CREATE DATABASE {Database}", "");
        await using var site = new Site();
        site.CollectorOptions["Store"] = new JsonObject { ["Retention"] = "36500d" };
        await site.StartCollectorAsync();
        var differences = new List<string>();
        await WriteAsync(LivePoints.Lines());

        foreach (var deletion in Deletions)
        {
            await CompareAsync(deletion, deletion);
        }

        await WriteAsync(Again);
        await CompareAllAsync("points that come afterwards");

        Assert.That(differences, Is.Empty, () => string.Join('\n', differences));

        async Task CompareAsync(string statement, string after)
        {
            await AskBothAsync(statement, after);
            await CompareAllAsync(after);
        }

        async Task CompareAllAsync(string after)
        {
            foreach (var question in Questions)
            {
                await AskBothAsync(question, after);
            }
        }

        async Task AskBothAsync(string query, string after)
        {
            var expected = JsonNode.Parse((await influx.AskAsync(query, Database))!.ToJsonString().Replace("shard 1: ", "", StringComparison.Ordinal));
            using var form = new FormUrlEncodedContent([new("q", query), new("db", Database), new("epoch", "ns")]);
            using var answer = await site.PostAsync("/query", form);
            var actual = JsonNode.Parse(await answer.Content.ReadAsStringAsync());
            if (!JsonNode.DeepEquals(expected, actual))
            {
                differences.Add($"after {after}: {query}\n  InfluxDB  {expected?.ToJsonString()}\n  collector {actual?.ToJsonString()}");
            }
        }

        async Task WriteAsync(string lines)
        {
            await influx.WriteAsync(lines, Database);
            using var stored = await site.PostAsync($"/write?db={Database}", new StringContent(lines));
            Assert.That((int)stored.StatusCode, Is.EqualTo(204));
        }
    }
}
