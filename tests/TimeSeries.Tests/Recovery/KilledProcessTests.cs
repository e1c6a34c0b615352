using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using NocMonitor.Testing;
using NocMonitor.TimeSeries.Writer;

namespace NocMonitor.TimeSeries.Tests.Recovery;

/// <summary>kill -9 of a real process in the middle of its work, again and again on the same folder: nothing acknowledged is lost, no batch is there by half.</summary>
public class KilledProcessTests
{
    private const int Kills = 6;

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<(int Writer, long Batch), bool> _acknowledged = [];
    private readonly HashSet<long> _came = [];
    private readonly HashSet<long> _leaving = [];
    private readonly HashSet<long> _gone = [];

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Every_acknowledged_point_survives_a_kill_at_any_moment()
    {
        var random = new Random(20260105);
        for (var kill = 0; kill < Kills; kill++)
        {
            await RunAndKillAsync(first: kill * 1000L, acknowledgements: random.Next(1, 250));
            await using var store = TimeSeriesStore.Open(Options(), new StartTime(), NullLogger.Instance);
            Assert.That(Faults(store), Is.Empty, $"after kill {kill + 1}, {_acknowledged.Count} batches acknowledged");
            Assert.That(PassingFaults(store), Is.Empty, $"after kill {kill + 1}, {_came.Count} steps of series came, {_gone.Count} were dropped");
        }
    }

    /// <summary>Kills the writer when it has acknowledged so many batches; what it printed until its very end counts as acknowledged.</summary>
    private async Task RunAndKillAsync(long first, int acknowledgements)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "NocMonitor.TimeSeries.Writer"), [_folder.Path, first.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var seen = 0;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            // The last line may be cut off by the kill: a whole one has both numbers.
            if (line.Split(' ') is [var writer, { Length: > 0 } batch])
            {
                _acknowledged[(int.Parse(writer, CultureInfo.InvariantCulture), long.Parse(batch, CultureInfo.InvariantCulture))] = true;
            }

            Collect(line);
            if (++seen == acknowledgements)
            {
                process.Kill();
            }
        }

        await process.WaitForExitAsync();
        Assert.That(seen, Is.GreaterThanOrEqualTo(acknowledgements), "the writer ended by itself");
    }

    private void Collect(string line)
    {
        if (line.Split(' ') is [var what, var number, "acknowledged" or "begun"] parts)
        {
            var steps = what == "come" ? _came : parts[2] == "begun" ? _leaving : _gone;
            steps.Add(long.Parse(number, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>
    /// Series that came and were not being dropped are there with their own value, those whose drop was acknowledged are not. One whose point was not acknowledged may be known by name alone.
    /// </summary>
    private List<string> PassingFaults(TimeSeriesStore store)
    {
        var steps = new Dictionary<long, int>();
        var wrong = new List<string>();
        using var reader = store.OpenReader();
        foreach (var series in store.Index.Find("passing"))
        {
            var step = long.Parse(series.Key.FindTag("step")!, CultureInfo.InvariantCulture);
            steps[step] = steps.GetValueOrDefault(step) + 1;
            if (reader.TryLast(series, 0, long.MinValue, out _, out var value) ? value.Float != step : _came.Contains(step) && !_leaving.Contains(step))
            {
                wrong.Add($"wrong: {series}");
            }
        }

        var lost = _came.Where(step => !_leaving.Contains(step) && steps.GetValueOrDefault(step) != WrittenPoint.PassingSeries).Select(step => $"lost: {step}");
        return [.. wrong, .. lost, .. _gone.Where(steps.ContainsKey).Select(step => $"back: {step}, {steps[step]} series")];
    }

    private List<string> Faults(TimeSeriesStore store)
    {
        var stored = new Dictionary<(int Writer, long Point), string>();
        using var reader = store.OpenReader();
        foreach (var series in store.Index.Find("load"))
        {
            var writer = int.Parse(series.Key.FindTag("writer")!, CultureInfo.InvariantCulture);
            for (reader.Seek(series, long.MinValue, long.MaxValue); reader.Read();)
            {
                Collect(series, writer, reader.Block, stored);
            }
        }

        var points = _acknowledged.Keys.SelectMany(key => Points(key.Batch).Select(point => (key.Writer, Point: point)));
        var lost = points.Where(key => !stored.ContainsKey(key)).Select(key => $"lost: {key}");
        var wrong = stored.Where(pair => pair.Value != WrittenPoint.Line(pair.Key.Writer, pair.Key.Point)).Select(pair => $"wrong: {pair}");
        var torn = stored.Keys.GroupBy(key => (key.Writer, Batch: key.Point / WrittenPoint.PointsPerBatch))
            .Where(batch => batch.Count() != WrittenPoint.PointsPerBatch).Select(batch => $"by half: {batch.Key}");
        return [.. lost.Concat(wrong).Concat(torn).Take(5)];
    }

    private static void Collect(Series series, int writer, SampleBlock block, Dictionary<(int Writer, long Point), string> stored)
    {
        for (var row = 0; row < block.Count; row++)
        {
            var point = block.Find(series.FindField("n"))!.Bits[row] / 7;
            var fields = string.Create(
                CultureInfo.InvariantCulture,
                $"f={Value("f")},n={Value("n")}i,s=\"{Value("s")}\"");
            stored.Add((writer, point), $"{series} {fields} {block.Times[row]}\n");

            string Value(string field) => block.Value(block.Find(series.FindField(field))!, row)!.Value.ToString();
        }
    }

    private static IEnumerable<long> Points(long batch) => Enumerable.Range(0, WrittenPoint.PointsPerBatch).Select(i => (batch * WrittenPoint.PointsPerBatch) + i);

    private StoreOptions Options() => new() { Folder = _folder.Path, MinimumFreeBytes = 0 };

    private sealed class StartTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => LineProtocol.UnixNanoseconds.ToTime(WrittenPoint.Start);
    }
}
