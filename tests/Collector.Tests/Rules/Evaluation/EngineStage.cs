using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Operations;
using NocMonitor.Collector.Rules;
using NocMonitor.Collector.Rules.Definition;
using NocMonitor.Collector.Rules.Evaluation;
using NocMonitor.Configuration;
using NocMonitor.LineProtocol;
using NocMonitor.Testing;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Tests.Rules.Evaluation;

/// <summary>A collector's inside on a folder of its own: store, operational database, alert log and rule engine under a clock that the test moves.</summary>
internal sealed class EngineStage : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private TimeSeriesStore _store = null!;
    private OperationsDatabase _database = null!;
    private RuleSet _rules;

    private EngineStage(string rules) => _rules = Load(rules);

    public ManualTimeProvider Time { get; } = new();

    /// <summary>Takes what the alert log has to say; set before <see cref="RestartAsync"/>.</summary>
    public ILogger<AlertLog> Logger { get; set; } = NullLogger<AlertLog>.Instance;

    public TimeSeriesStore Store => _store;

    public OperationsDatabase Database => _database;

    public RuleEngine Engine { get; private set; } = null!;

    public AlertLog Log { get; private set; } = null!;

    public AlertPoints Points { get; private set; } = null!;

    public AlertStore Alerts => new(_database);

    public static async Task<EngineStage> StartAsync(string rules)
    {
        var stage = new EngineStage(rules);
        await stage.OpenAsync();
        return stage;
    }

    /// <summary>Ends as a process does that is asked to, and starts again.</summary>
    public async Task RestartAsync(string? rules = null, TimeSpan away = default)
    {
        await CloseAsync();
        Time.Advance(away);
        _rules = rules is null ? _rules : Load(rules);
        await OpenAsync();
    }

    /// <summary>Ends without keeping anything that is not on disk yet.</summary>
    public async Task RestartWithoutCheckpointAsync()
    {
        await Engine.AbandonAsync();
        await _database.DisposeAsync();
        await _store.DisposeAsync();
        await OpenAsync();
    }

    public async Task ReloadAsync(string rules)
    {
        await Engine.ReloadAsync(_rules = Load(rules), default);
        await Engine.FlushAsync();
    }

    /// <summary>Commits and evaluates one batch of lines; a line without a time gets the clock's.</summary>
    public async Task WriteAsync(params string[] lines)
    {
        await Engine.EvaluateAsync(await CommitAsync(lines));
        await Engine.FlushAsync();
    }

    /// <summary>Commits a batch and leaves it at that, as a collector does that dies then.</summary>
    public async Task<SampleBatch> CommitAsync(params string[] lines)
    {
        var batch = _store.RentBatch("test");
        Fill(batch, string.Join('\n', lines));
        await _store.CommitAsync(batch, default);
        return batch;
    }

    /// <summary>Moves the clock on a second at a time, each with a look at it.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        for (var i = 0; i < (int)time.TotalSeconds; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Engine.SweepAsync();
        }

        await Engine.FlushAsync();
    }

    /// <summary>What was put into the outbox, in order: <c>firing host.down host=a -> noc</c>.</summary>
    public IReadOnlyList<string> Pages() => Query(
        "SELECT o.kind || ' ' || a.rule || ' ' || a.host || ' -> ' || o.receiver FROM outbox o JOIN alerts a ON a.id = o.alert_id ORDER BY o.id");

    public IReadOnlyList<string> Transitions() => Query(
        "SELECT a.rule || ' ' || a.host || ': ' || t.from_severity || ' -> ' || t.to_severity || ', ' || t.reason FROM transitions t JOIN alerts a ON a.id = t.alert_id ORDER BY t.id");

    public IReadOnlyList<string> Query(string sql) => _database.Read(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var row = command.ExecuteReader();
        var texts = new List<string>();
        while (row.Read())
        {
            texts.Add(row.IsDBNull(0) ? "" : row.GetString(0));
        }

        return texts;
    });

    /// <summary>All values of a text field of a measurement, in order of time.</summary>
    public IReadOnlyList<string> ReadTexts(string measurement, string field)
    {
        using var reader = _store.OpenReader();
        var texts = new List<(long Time, string Text)>();
        foreach (var series in _store.Index.Find(measurement))
        {
            reader.Seek(series, 0, long.MaxValue);
            while (reader.Read())
            {
                if (reader.Block.Find(series.FindField(field)) is { } column)
                {
                    texts.AddRange(Enumerable.Range(0, column.Count).Where(column.IsPresent).Select(row => (reader.Block.Times[row], reader.Block.Text(column.Bits[row]))));
                }
            }
        }

        return [.. texts.OrderBy(pair => pair.Time).Select(pair => pair.Text)];
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    public RuleSet Load(string rules)
    {
        var folder = Directory.CreateDirectory(_folder.File($"rules-{Guid.NewGuid():N}")).FullName;
        File.WriteAllText(Path.Combine(folder, "rules.json"), $$"""{ "Rules": [ {{rules}} ] }""");
        var errors = new List<ConfigError>();
        var set = RuleSetLoader.Load(Options() with { Directory = folder }, errors);
        Assert.That(errors, Is.Empty);
        return set!;
    }

    private async Task OpenAsync()
    {
        _store = TimeSeriesStore.Open(new StoreOptions { Folder = _folder.File("samples"), MinimumFreeBytes = 0 }, Time, NullLogger.Instance);
        _database = OperationsDatabase.Open(_folder.Path, Time, NullLogger.Instance);
        Log = new AlertLog(_database, new OneReceiver(), new OutboxSignal(), new AlertLogOptions(TimeSpan.FromSeconds(60), TimeSpan.FromDays(400)), Time, Logger);
        Engine = new RuleEngine(_store, _database, Log, Options(), Time, NullLogger<RuleEngine>.Instance);
        Points = new AlertPoints(_database, _store, Engine.Sequences, Time, NullLogger<AlertPoints>.Instance);
        await Engine.StartAsync(_rules, default);
        await Engine.FlushAsync();
    }

    private async Task CloseAsync()
    {
        await Engine.DisposeAsync();
        await _database.DisposeAsync();
        await _store.DisposeAsync();
    }

    private void Fill(SampleBatch batch, string text)
    {
        var received = (Time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        var reader = new LineReader(new LineScratch(), Encoding.UTF8.GetBytes(text), isFinal: true, TimePrecision.Nanoseconds, LineLimits.Default);
        while (reader.Read())
        {
            Assert.That(reader.IsGood, Is.True, reader.IsGood ? "" : reader.Error.ToString());
            Assert.That(batch.TryAdd(ref reader, received, out var reject), Is.True, reject);
        }
    }

    private static RulesOptions Options()
    {
        var reader = new OptionReader(ConfigNode.Empty("", new ConfigPlace("test", 1, 1)), []);
        return RulesOptions.Read(reader) with { Shards = 3 };
    }

    private sealed class OneReceiver : IAlertRouter
    {
        public IReadOnlyList<string> Route(AlertLabels labels, Severity severity) => ["noc"];
    }
}
