using NocMonitor.LineProtocol;

namespace NocMonitor.Probes.Http;

/// <summary>How long the phases of one attempt took, over all its redirects; a phase that was not reached has no time. One owner.</summary>
internal sealed class HttpTimings
{
    public TimeSpan? Dns { get; set; }

    public TimeSpan? Connect { get; set; }

    public TimeSpan? Tls { get; set; }

    /// <summary>From the moment the connection stands to the first byte of the answer.</summary>
    public TimeSpan? FirstByte { get; set; }

    /// <summary>From the start of the attempt to the end of the last head.</summary>
    public TimeSpan? Response { get; set; }

    public TimeSpan Total { get; set; }

    public void WriteTo(Point point)
    {
        Write(point, "response_time", Response ?? Total);
        Write(point, "dns_time", Dns);
        Write(point, "connect_time", Connect);
        Write(point, "tls_time", Tls);
        Write(point, "first_byte_time", FirstByte);
        Write(point, "total_time", Total);
    }

    private static void Write(Point point, string field, TimeSpan? time)
    {
        if (time is { } known)
        {
            point.Field(field, known.TotalSeconds);
        }
    }
}
