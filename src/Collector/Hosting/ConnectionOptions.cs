using NocMonitor.Configuration;

namespace NocMonitor.Collector.Hosting;

/// <summary>What one connection, and all of them together, may take. A client past a limit is refused or cut off; the others go on.</summary>
internal sealed record ConnectionOptions
{
    /// <summary>Open connections; further ones are closed at once.</summary>
    public required int MaxOpen { get; init; }

    /// <summary>How long a client may take for the headers of a request, and before them for the TLS handshake.</summary>
    public required TimeSpan HeaderTimeout { get; init; }

    /// <summary>How long an idle connection is kept.</summary>
    public required TimeSpan IdleTimeout { get; init; }

    /// <summary>Bytes a second that a client must send or take on average, once the grace time is over.</summary>
    public required long MinBytesPerSecond { get; init; }

    /// <summary>How long a slower client is borne with.</summary>
    public required TimeSpan SlowGrace { get; init; }

    /// <summary>All headers of a request together, in bytes.</summary>
    public required long MaxHeaderBytes { get; init; }

    public static ConnectionOptions Read(OptionReader reader) => new()
    {
        MaxOpen = reader.Integer("MaxOpen", 4096, 1, 1_000_000, "Open connections; further ones are closed at once."),
        HeaderTimeout = reader.Duration("HeaderTimeout", TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5),
            "How long a client may take for the headers of a request, and before them for the TLS handshake."),
        IdleTimeout = reader.Duration("IdleTimeout", TimeSpan.FromSeconds(130), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1),
            "How long an idle connection is kept."),
        MinBytesPerSecond = reader.Bytes("MinBytesPerSecond", 240, 1, 1 << 20,
            "Bytes a second that a client must send or take on average, once the grace time is over."),
        SlowGrace = reader.Duration("SlowGrace", TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(5),
            "How long a slower client is borne with."),
        MaxHeaderBytes = reader.Bytes("MaxHeaderBytes", 16 << 10, 1 << 10, 1 << 20, "All headers of a request together."),
    };
}
