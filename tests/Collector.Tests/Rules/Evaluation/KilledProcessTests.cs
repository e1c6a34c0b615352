using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using NocMonitor.Collector.Evaluator;
using NocMonitor.Testing;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Tests.Rules.Evaluation;

/// <summary>
/// kill -9 of a real process that commits and evaluates, again and again on the same folder: in the end it has recorded and queued exactly what one that was left in
/// peace has.
/// </summary>
public class KilledProcessTests
{
    private const int Batches = 240;
    private const int Kills = 6;

    [Test]
    public async Task Nothing_is_lost_and_nothing_doubled_however_often_the_process_is_killed()
    {
        using var calm = MakeFolder();
        using var killed = MakeFolder();
        await RunAsync(calm.Path, 0, Batches - 1, killAfter: int.MaxValue);

        var random = new Random(20260105);
        var next = 0;
        for (var kill = 0; kill < Kills && next < Batches; kill++)
        {
            next = await RunAsync(killed.Path, next, Batches - 1, killAfter: random.Next(1, Batches / Kills));
        }

        await RunAsync(killed.Path, next, Batches - 1, killAfter: int.MaxValue);

        Assert.That(Transitions(calm.Path), Has.Count.GreaterThan(500));
        Assert.That(Transitions(killed.Path), Is.EqualTo(Transitions(calm.Path)));
        Assert.That(Outbox(killed.Path), Is.EqualTo(Outbox(calm.Path)));
        Assert.That(await CountPointsAsync(killed.Path), Is.EqualTo(await CountPointsAsync(calm.Path)));
    }

    private static TemporaryFolder MakeFolder()
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("rules"));
        folder.Write(Path.Combine("rules", "rules.json"), EvaluatedSample.Rules);
        return folder;
    }

    /// <summary>Runs the evaluator and kills it when it has handed over so many batches. Gives the batch to go on with.</summary>
    private static async Task<int> RunAsync(string folder, int first, int last, int killAfter)
    {
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "NocMonitor.Collector.Evaluator"),
            [folder, first.ToString(CultureInfo.InvariantCulture), last.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var next = first;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            // The last line may be cut off by the kill; then its batch comes again, which must change nothing.
            next = int.TryParse(line, CultureInfo.InvariantCulture, out var number) && number >= next ? number + 1 : next;
            if (next - first == killAfter)
            {
                process.Kill();
            }
        }

        await process.WaitForExitAsync();
        Assert.That(killAfter < int.MaxValue || process.ExitCode == 0, Is.True, "the evaluator failed");
        return next;
    }

    private static List<string> Transitions(string folder) => Read(folder,
        """
        SELECT a.rule || ' ' || a.series || ' ' || t.sample_time || ' ' || t.reason || ' ' || t.from_severity || ' ' || t.to_severity || ' ' || coalesce(t.value, '')
        FROM transitions t JOIN alerts a ON a.id = t.alert_id ORDER BY a.rule, a.series, t.sample_time, t.id
        """);

    private static List<string> Outbox(string folder) => Read(folder,
        """
        SELECT o.kind || ' ' || o.receiver || ' ' || a.rule || ' ' || a.series || ' ' || t.sample_time
        FROM outbox o JOIN alerts a ON a.id = o.alert_id JOIN transitions t ON t.id = o.transition_id ORDER BY a.rule, a.series, t.sample_time, o.receiver, o.kind
        """);

    private static List<string> Read(string folder, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "operations.db")};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var row = command.ExecuteReader();
        var texts = new List<string>();
        while (row.Read())
        {
            texts.Add(row.GetString(0));
        }

        return texts;
    }

    private static async Task<int> CountPointsAsync(string folder)
    {
        await using var store = TimeSeriesStore.Open(
            new StoreOptions { Folder = Path.Combine(folder, "samples"), MinimumFreeBytes = 0 },
            new ManualTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(EvaluatedSample.Start / 1_000_000)), NullLogger.Instance);
        using var reader = store.OpenReader();
        var count = 0;
        foreach (var series in store.Index.Find("alerts"))
        {
            for (reader.Seek(series, long.MinValue, long.MaxValue); reader.Read();)
            {
                count += reader.Block.Count;
            }
        }

        return count;
    }
}
