using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Bench.TimeSeries;

/// <summary>Feeds text to a store as the collector does: several threads, 5,000 lines a batch, each waits for its commit.</summary>
internal static class StoreLoad
{
    private const int LinesPerBatch = 5000;

    /// <summary>Cuts text into bodies of 5,000 lines.</summary>
    public static List<ReadOnlyMemory<byte>> Bodies(ReadOnlyMemory<byte> text) => BodiesOf(LinesPerBatch, text);

    public static List<ReadOnlyMemory<byte>> BodiesOf(int lines, ReadOnlyMemory<byte> text)
    {
        var bodies = new List<ReadOnlyMemory<byte>>();
        while (!text.IsEmpty)
        {
            var end = 0;
            for (var line = 0; line < lines && end < text.Length; line++)
            {
                end += text.Span[end..].IndexOf((byte)'\n') + 1;
            }

            bodies.Add(text[..end]);
            text = text[end..];
        }

        return bodies;
    }

    public static async Task WriteAsync(TimeSeriesStore store, IReadOnlyList<ReadOnlyMemory<byte>> bodies, int writers, long receivedNs)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
        {
            var scratch = new LineScratch();
            while (Interlocked.Increment(ref next) is var index && index < bodies.Count)
            {
                using var batch = store.RentBatch("bench");
                Fill(batch, scratch, bodies[index], receivedNs);
                await store.CommitAsync(batch, CancellationToken.None);
            }
        })));
    }

    /// <summary>What the parser alone costs: the same reading without a store.</summary>
    public static long Parse(IReadOnlyList<ReadOnlyMemory<byte>> bodies)
    {
        var scratch = new LineScratch();
        long sum = 0;
        foreach (var body in bodies)
        {
            var reader = new LineReader(scratch, body.Span);
            while (reader.Read())
            {
                sum += (long)reader.SeriesHash + reader.Fields.Length;
            }
        }

        return sum;
    }

    public static void Fill(SampleBatch batch, LineScratch scratch, ReadOnlyMemory<byte> body, long receivedNs)
    {
        var reader = new LineReader(scratch, body.Span);
        while (reader.Read())
        {
            if (!reader.IsGood || !batch.TryAdd(ref reader, receivedNs, out _))
            {
                throw new InvalidOperationException(reader.IsGood ? "the store refused a line" : reader.Error.ToString());
            }
        }
    }
}
