using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;
using NocMonitor.TimeSeries.Writer;

// Usage: FOLDER FIRSTBATCH. Writes batches into the store of a folder as fast as it can, by three writers, and compacts all the while.
// Prints "WRITER BATCH" when a commit is acknowledged. Beside it series come and are dropped: "come STEP acknowledged", "drop STEP begun", "drop STEP acknowledged".
// It is there to be killed.
var store = TimeSeriesStore.Open(
    new StoreOptions { Folder = args[0], MinimumFreeBytes = 0, LogTargetBytes = 1 << 20, HeadMaxBytes = 2 << 20 }, new FixedTime(), NullLogger.Instance);
var first = long.Parse(args[1], CultureInfo.InvariantCulture);
var output = TextWriter.Synchronized(Console.Out);
await Task.WhenAll([.. Enumerable.Range(0, 3).Select(writer => Task.Run(() => WriteAsync(writer))), Task.Run(ComeAndGoAsync), Task.Run(Compact)]);

async Task WriteAsync(int writer)
{
    var scratch = new LineScratch();
    for (var number = first; ; number++)
    {
        using var batch = store.RentBatch($"writer{writer}");
        Fill(batch, scratch, writer, number);
        await store.CommitAsync(batch, CancellationToken.None);
        await output.WriteLineAsync($"{writer} {number}");
        await output.FlushAsync();
    }
}

async Task ComeAndGoAsync()
{
    var scratch = new LineScratch();
    for (var step = first; ; step++)
    {
        using (var batch = store.RentBatch("passing"))
        {
            FillText(batch, scratch, WrittenPoint.PassingLines(step));
            await store.CommitAsync(batch, CancellationToken.None);
        }

        await SayAsync($"come {step} acknowledged");
        if (step >= first + 2)
        {
            var old = step - 2;
            await SayAsync($"drop {old} begun");
            store.Delete(store.Index.Find("passing", TagMatcher.Equal("step", old.ToString(CultureInfo.InvariantCulture))), long.MinValue, long.MaxValue, drop: true);
            await SayAsync($"drop {old} acknowledged");
        }
    }
}

async Task SayAsync(string line)
{
    await output.WriteLineAsync(line);
    await output.FlushAsync();
}

static void Fill(SampleBatch batch, LineScratch scratch, int writer, long number)
{
    var points = Enumerable.Range(0, WrittenPoint.PointsPerBatch).Select(i => (number * WrittenPoint.PointsPerBatch) + i);
    FillText(batch, scratch, string.Concat(points.Select(point => WrittenPoint.Line(writer, point))));
}

static void FillText(SampleBatch batch, LineScratch scratch, string text)
{
    var reader = new LineReader(scratch, Encoding.UTF8.GetBytes(text));
    while (reader.Read())
    {
        if (!reader.IsGood || !batch.TryAdd(ref reader, WrittenPoint.Start, out var reject))
        {
            throw new InvalidOperationException($"a line was refused: {(reader.IsGood ? "by the store" : reader.Error.ToString())}");
        }
    }
}

void Compact()
{
    while (true)
    {
        store.Compact();
    }
}

/// <summary>The clock stands still at the start, so that the three hours before are always the ones to be sealed.</summary>
internal sealed class FixedTime : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => UnixNanoseconds.ToTime(WrittenPoint.Start);
}
