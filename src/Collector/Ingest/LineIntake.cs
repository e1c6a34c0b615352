using System.Text;
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

    public LineIntake(IngestOptions options, LineLimits limits)
    {
        _options = options;
        _limits = limits;

        // A line of the greatest length must fit whole, else no chunk would ever hold its end.
        _buffer = new byte[options.MaxLineBytes + ReadAhead];
    }

    public WriteOutcome Outcome { get; } = new();

    /// <summary>When the request came, in nanoseconds since 1970-01-01 UTC.</summary>
    public long ReceivedNs { get; private set; }

    /// <summary>Where the next bytes of the body go; never empty.</summary>
    public Memory<byte> Free => _buffer.AsMemory(_filled);

    public void Start(TimePrecision precision, long receivedNs)
    {
        _scratch.Reset();
        Outcome.Clear();
        _filled = 0;
        _precision = precision;
        ReceivedNs = receivedNs;
    }

    /// <summary>Reads the lines that are whole now that <paramref name="count"/> more bytes came; 0 bytes mean the end of the body.</summary>
    /// <returns>Why the request ends here, or null.</returns>
    public WriteFailure? Take(int count, SampleBatch batch)
    {
        Outcome.Bytes += count;
        if (Outcome.Bytes > _options.MaxDecompressedBytes)
        {
            return RefuseLength();
        }

        _filled += count;
        var consumed = ReadLines(_buffer.AsSpan(0, _filled), isFinal: count == 0, batch);
        _buffer.AsSpan(consumed, _filled - consumed).CopyTo(_buffer);
        _filled -= consumed;
        return RefuseLength();
    }

    /// <summary>Reads one whole line that was made here, of something else that was sent.</summary>
    /// <param name="line">With its line feed.</param>
    /// <param name="name">What the sender knows it by; stands before the reason of a refusal.</param>
    public bool TakeOne(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, SampleBatch batch)
    {
        Outcome.Bytes += line.Length;
        var reader = new LineReader(_scratch, line, isFinal: true, _precision, _limits);
        var reason = "";
        if (reader.Read() && reader.IsGood && batch.TryAdd(ref reader, ReceivedNs, out reason))
        {
            Outcome.Lines++;
            Outcome.Values += reader.Fields.Length;
            return true;
        }

        Outcome.Rejected++;
        if (Outcome.KeepsErrors)
        {
            Outcome.Keep(new LineError(1, 1, $"{Encoding.UTF8.GetString(name)}: {(reader.IsGood ? reason : reader.Error.Reason)}"));
        }

        return false;
    }

    /// <summary>Why no more of the request is read; null as long as it is within what a request may have.</summary>
    public WriteFailure? RefuseLength()
    {
        if (Outcome.Bytes > _options.MaxDecompressedBytes)
        {
            return WriteFailure.TooLarge($"the body is larger than {_options.MaxDecompressedBytes} bytes after decompression");
        }

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
            else if (batch.TryAdd(ref reader, ReceivedNs, out var reason))
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
