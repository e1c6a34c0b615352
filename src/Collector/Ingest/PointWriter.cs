using System.Buffers;
using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Ingest;

/// <summary>Writes points of the collector itself: as lines, through the same reader, store and rules as everybody's. Safe for concurrent use.</summary>
internal sealed partial class PointWriter(PointSink sink, TimeProvider time, ILogger<PointWriter> log)
{
    /// <summary>The origin that series of the collector's own are counted under.</summary>
    private const string Origin = "collector";

    /// <exception cref="StoreUnavailableException">Nothing was stored.</exception>
    public async ValueTask WriteAsync(IReadOnlyList<Point> points)
    {
        var lines = new ArrayBufferWriter<byte>();
        foreach (var point in points)
        {
            LineWriter.Write(lines, point);
        }

        var batch = sink.Rent(Origin);
        Read(lines.WrittenSpan, batch);
        await sink.CommitAsync(batch);
    }

    private void Read(ReadOnlySpan<byte> lines, SampleBatch batch)
    {
        var reader = new LineReader(new LineScratch(), lines);
        while (reader.Read())
        {
            var reason = reader.IsGood ? "" : reader.Error.Reason;
            if (!reader.IsGood || !batch.TryAdd(ref reader, UnixNanoseconds.From(time.GetUtcNow()), out reason))
            {
                LogRefused(reason);
            }
        }
    }

    [LoggerMessage(1011, LogLevel.Warning, "A point of the collector's own was refused: {Reason}")]
    private partial void LogRefused(string reason);
}
