using NocMonitor.Configuration;

namespace NocMonitor.Collector.Ingest;

/// <summary>Limits of the write door. Past a limit of the body the request is refused with 413; a line past a limit costs that line.</summary>
internal sealed record IngestOptions
{
    /// <summary>The body as sent, compressed or not, in bytes.</summary>
    public required long MaxBodyBytes { get; init; }

    /// <summary>The body after decompression, in bytes.</summary>
    public required long MaxDecompressedBytes { get; init; }

    /// <summary>One request of Prometheus remote write after decompression, in bytes; four times as much is held for all of them together.</summary>
    public required int MaxRemoteWriteBytes { get; init; }

    /// <summary>Lines of one request, comments and blank lines not counted.</summary>
    public required int MaxLines { get; init; }

    /// <summary>One line, in bytes.</summary>
    public required int MaxLineBytes { get; init; }

    /// <summary>Tags of one line.</summary>
    public required int MaxTags { get; init; }

    /// <summary>Fields of one line.</summary>
    public required int MaxFields { get; init; }

    /// <summary>Requests being read at once; further ones are answered 429.</summary>
    public required int MaxConcurrent { get; init; }

    /// <summary>Lines committed together; a longer body is committed in several steps.</summary>
    public required int LinesPerCommit { get; init; }

    /// <summary>What <c>Retry-After</c> says with 429 and 503.</summary>
    public required TimeSpan RetryAfter { get; init; }

    public static IngestOptions Read(OptionReader reader) => new()
    {
        MaxBodyBytes = reader.Bytes("MaxBodyBytes", 32 << 20, 1 << 10, 1L << 30, "The body as sent, compressed or not."),
        MaxDecompressedBytes = reader.Bytes("MaxDecompressedBytes", 128 << 20, 1 << 10, 4L << 30, "The body after decompression."),
        MaxRemoteWriteBytes = (int)reader.Bytes("MaxRemoteWriteBytes", 16 << 20, 64 << 10, 256 << 20,
            "One request of Prometheus remote write after decompression; four times as much is held for all of them together, further ones are answered 503."),
        MaxLines = reader.Integer("MaxLines", 1_000_000, 1, 100_000_000, "Lines of one request, comments and blank lines not counted."),
        MaxLineBytes = (int)reader.Bytes("MaxLineBytes", 64 << 10, 256, 4 << 20, "One line."),
        MaxTags = reader.Integer("MaxTags", 64, 1, 1_000, "Tags of one line."),
        MaxFields = reader.Integer("MaxFields", 512, 1, 10_000, "Fields of one line."),
        MaxConcurrent = reader.Integer("MaxConcurrent", 64, 1, 10_000, "Requests being read at once; further ones are answered 429."),
        LinesPerCommit = reader.Integer("LinesPerCommit", 10_000, 1, 1_000_000, "Lines committed together; a longer body is committed in several steps."),
        RetryAfter = reader.Duration("RetryAfter", TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10),
            "What Retry-After says with 429 and 503."),
    };
}
