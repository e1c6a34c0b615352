using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Evaluator;
using NocMonitor.Collector.Operations;
using NocMonitor.Collector.Rules;
using NocMonitor.Collector.Rules.Definition;
using NocMonitor.Collector.Rules.Evaluation;
using NocMonitor.Configuration;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

// Usage: FOLDER FIRST LAST. Opens store, operational database and rule engine in a folder, commits the batches from FIRST to LAST and has them evaluated;
// prints the number of each batch that was handed over. It is there to be killed and started again.
var (folder, first, last) = (args[0], Number(args[1]), Number(args[2]));
var time = new FixedTime();
var errors = new List<ConfigError>();
var options = RulesOptions.Read(new OptionReader(ConfigNode.Empty("", new ConfigPlace("test", 1, 1)), errors)) with { Directory = Path.Combine(folder, "rules"), Shards = 3 };
var rules = RuleSetLoader.Load(options, errors) ?? throw new InvalidOperationException(string.Join('\n', errors));
await using var store = TimeSeriesStore.Open(
    new StoreOptions { Folder = Path.Combine(folder, "samples"), MinimumFreeBytes = 0, FutureLimit = TimeSpan.FromDays(1) }, time, NullLogger.Instance);
await using var database = OperationsDatabase.Open(folder, time, NullLogger.Instance);
var log = new AlertLog(database, new TwoReceivers(), new OutboxSignal(), new AlertLogOptions(TimeSpan.FromSeconds(60), TimeSpan.FromDays(400)), time, NullLogger<AlertLog>.Instance);
await using var engine = new RuleEngine(store, database, log, options, time, NullLogger<RuleEngine>.Instance);
var points = new AlertPoints(database, store, engine.Sequences, time, NullLogger<AlertPoints>.Instance);
await engine.StartAsync(rules, CancellationToken.None);
var scratch = new LineScratch();
for (var number = first; number <= last; number++)
{
    var batch = store.RentBatch("evaluator");
    Fill(batch, number);
    await store.CommitAsync(batch, CancellationToken.None);
    await engine.EvaluateAsync(batch);
    Console.WriteLine(number);
    if (number % 7 == 0)
    {
        await engine.CheckpointAsync();
        await points.WriteAsync(CancellationToken.None);
    }
}

await engine.FlushAsync();
await points.WriteAsync(CancellationToken.None);
return 0;

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

void Fill(SampleBatch batch, int number)
{
    var reader = new LineReader(scratch, Encoding.UTF8.GetBytes(EvaluatedSample.Lines(number)));
    while (reader.Read())
    {
        if (!reader.IsGood || !batch.TryAdd(ref reader, EvaluatedSample.Start, out _))
        {
            throw new InvalidOperationException("a line was refused");
        }
    }
}

/// <summary>The clock stands still; timers run.</summary>
internal sealed class FixedTime : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => UnixNanoseconds.ToTime(EvaluatedSample.Start);
}

internal sealed class TwoReceivers : IAlertRouter
{
    public IReadOnlyList<string> Route(AlertLabels labels, Severity severity) => severity == Severity.Critical ? ["mail", "pager"] : ["mail"];
}
