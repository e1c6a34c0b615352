using NocMonitor.LineProtocol;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Ingest;

/// <summary>
/// Reads one body chunk by chunk into batches: the unfinished line at a chunk's end moves to the front of the buffer and is read with the next.
/// Rented by one request at a time from <see cref="LineIntakePool"/>; holds the buffer and the reader's scratch between requests, no points.
/// </summary>
internal sealed class LineIntake
{
    private const int ReadAhead = 64 << 10;

    private readonly IngestOptions _options;
    private readonly LineLimits _limits;
    private readonly LineScratch _scratch = new();
    private readonly byte[] _buffer;
    private int _filled;
    private TimePrecision _precision;
    private long _receivedNs;

    public LineIntake(IngestOptions options, LineLimits limits)
    {
        _options = options;
        _limits = limits;

        // A line of the greatest length must fit whole, else no chunk would ever hold its end.
        _buffer = new byte[options.MaxLineBytes + ReadAhead];
    }

    public WriteOutcome Outcome { get; } = new();

    /// <summary>Where the next bytes of the body go; never empty.</summary>
    public Memory<byte> Free => _buffer.AsMemory(_filled);

    public void Start(TimePrecision precision, long receivedNs)
    {
        _scratch.Reset();
        Outcome.Clear();
        _filled = 0;
        _precision = precision;
        _receivedNs = receivedNs;
    }

    /// <summary>Reads the lines that are whole now that <paramref name="count"/> more bytes came; 0 bytes mean the end of the body.</summary>
    /// <returns>Why the request ends here, or null.</returns>
    public WriteFailure? Take(int count, SampleBatch batch)
    {
        Outcome.Bytes += count;
        if (Outcome.Bytes > _options.MaxDecompressedBytes)
        {
            return WriteFailure.TooLarge($"the body is larger than {_options.MaxDecompressedBytes} bytes after decompression");
        }

        _filled += count;
        var consumed = ReadLines(_buffer.AsSpan(0, _filled), isFinal: count == 0, batch);
        _buffer.AsSpan(consumed, _filled - consumed).CopyTo(_buffer);
        _filled -= consumed;
        return Outcome.Lines + Outcome.Rejected > _options.MaxLines
            ? WriteFailure.TooLarge($"more than {_options.MaxLines} lines in one request")
            : null;
    }

    private int ReadLines(ReadOnlySpan<byte> text, bool isFinal, SampleBatch batch)
    {
        var reader = new LineReader(_scratch, text, isFinal, _precision, _limits);
        while (reader.Read())
        {
            if (!reader.IsGood)
            {
                Outcome.Reject(reader.Error);
            }
            else if (batch.TryAdd(ref reader, _receivedNs, out var reason))
            {
                Outcome.Lines++;
                Outcome.Values += reader.Fields.Length;
            }
            else
            {
                Outcome.Reject(new LineError(reader.LineNumber, 1, reason));
            }
        }

        return reader.Consumed;
    }
}
