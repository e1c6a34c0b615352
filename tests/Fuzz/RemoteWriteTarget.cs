using NocMonitor.Collector.Ingest.RemoteWrite;
using NocMonitor.LineProtocol;

namespace NocMonitor.Fuzz;

/// <summary>
/// Remote write: the input as a Snappy block, as the message in it, and behind a good series. A message that is whole gives lines of line protocol,
/// one a sample, each of which the reader takes or refuses as exactly one.
/// </summary>
internal static class RemoteWriteTarget
{
    private const int LongestLine = 4 << 10;
    private const int LongestMessage = 1 << 20;

    private static readonly LineLimits Limits = new() { MaxLineBytes = LongestLine };

    public static void Run(ReadOnlySpan<byte> input)
    {
        if (SnappyBlock.ReadSize(input) is { } size and <= LongestMessage)
        {
            var message = new byte[size];
            if (SnappyBlock.TryDecompress(input, message))
            {
                CheckMessage(message);
            }
        }

        CheckMessage(input.ToArray());
    }

    private static void CheckMessage(byte[] message)
    {
        if (!RemoteWriteMessage.IsWhole(message))
        {
            return;
        }

        var lines = new RemoteWriteLines(message, LongestLine);
        var count = 0;
        while (lines.Next())
        {
            count++;
            CheckLine(lines.Line.Span);
        }

        // A sample costs at least two bytes: its key and its length.
        if (count + lines.Stale + lines.NotFinite + lines.Histograms > message.Length / 2)
        {
            throw new InvalidOperationException("more samples than the message can hold");
        }
    }

    private static void CheckLine(ReadOnlySpan<byte> line)
    {
        var reader = new LineReader(new LineScratch(), line, precision: TimePrecision.Milliseconds, limits: Limits);
        if (line[^1] != '\n' || line[..^1].Contains((byte)'\n') || !reader.Read())
        {
            throw new InvalidOperationException("a sample is not exactly one line");
        }

        if (reader.IsGood && (reader.Fields.Length != 1 || reader.Timestamp is null))
        {
            throw new InvalidOperationException("a sample is not one field with its time");
        }
    }
}
