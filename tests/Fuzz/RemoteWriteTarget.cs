using System.Text;
using NocMonitor.Collector.Ingest.RemoteWrite;
using NocMonitor.LineProtocol;

namespace NocMonitor.Fuzz;

/// <summary>
/// Remote write: the input as a Snappy block, as the message in it, and behind a good series. Each sample of a series that is whole gives a line of line protocol, which the reader takes or refuses as exactly
/// one. Labels that are found the same as a known key, without being written, are those whose line has that key.
/// </summary>
internal static class RemoteWriteTarget
{
    private const int LongestLine = 4 << 10;
    private const int LongestMessage = 1 << 20;
    private const int MostKeys = 16;

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

        CheckMessage(input);
    }

    private static void CheckMessage(ReadOnlySpan<byte> message)
    {
        var text = new SeriesText(LongestLine);
        var keys = new List<byte[]>();
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader.Field == RemoteWriteMessage.Series && RemoteWriteMessage.IsWholeSeries(reader.Content))
            {
                CheckSeries(reader.Content, text, keys);
            }
        }
    }

    private static void CheckSeries(ReadOnlySpan<byte> series, SeriesText text, List<byte[]> keys)
    {
        text.Write(series);
        var samples = new SampleReader(series);
        var count = 0;
        while (samples.Read())
        {
            if (!samples.IsHistogram && double.IsFinite(samples.Value) && ++count <= MostKeys)
            {
                CheckLine(text.LineOf(samples.Value, samples.Milliseconds));
            }
        }

        // A sample costs at least two bytes: its key and its length.
        Require(count <= series.Length / 2, "more samples than the series can hold");
        if (KeyOf(text.LineOf(1, 1)) is { } key && keys.Count < MostKeys)
        {
            keys.Add(key);
        }

        foreach (var known in keys)
        {
            CheckMatch(series, text, known);
        }
    }

    private static void CheckMatch(ReadOnlySpan<byte> series, SeriesText text, byte[] known)
    {
        if (LabelMatch.TagsOfPlain(known) is >= 0 and var tags && LabelMatch.EndOfLabels(series, known, tags) is >= 0 and var end)
        {
            Require(end == RemoteWriteMessage.EndOfLabels(series), "the labels end somewhere else");
            Require(!RemoteWriteMessage.HasOnlySamples(series[end..]) || text.Key.SequenceEqual(known), "labels were taken for those of another series");
        }
    }

    /// <summary>The key of a good line as the store keeps it.</summary>
    private static byte[]? KeyOf(ReadOnlySpan<byte> line)
    {
        var reader = new LineReader(new LineScratch(), line, limits: Limits);
        return reader.Read() && reader.IsGood ? Encoding.UTF8.GetBytes(SeriesKey.Parse(reader.SeriesKey).ToString()) : null;
    }

    private static void CheckLine(ReadOnlySpan<byte> line)
    {
        var reader = new LineReader(new LineScratch(), line, precision: TimePrecision.Milliseconds, limits: Limits);
        Require(line[^1] == '\n' && !line[..^1].Contains((byte)'\n') && reader.Read(), "a sample is not exactly one line");
        Require(!reader.IsGood || (reader.Fields.Length == 1 && reader.Timestamp is not null), "a sample is not one field with its time");
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
