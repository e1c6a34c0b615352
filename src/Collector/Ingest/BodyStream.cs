using System.IO.Compression;

namespace NocMonitor.Collector.Ingest;

/// <summary>Opens a request's body in the encoding it was sent with.</summary>
internal static class BodyStream
{
    /// <returns>The stream of plain text, or null when the encoding is not known. The request's own body is the caller's to leave open.</returns>
    public static Stream? Open(HttpRequest request, out string encoding)
    {
        encoding = request.Headers.ContentEncoding.ToString().Trim();
        return encoding switch
        {
            "" => request.Body,
            _ when encoding.Equals("identity", StringComparison.OrdinalIgnoreCase) => request.Body,
            _ when encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase) => new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true),
            _ => null,
        };
    }
}
