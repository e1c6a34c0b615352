using System.IO.Compression;
using System.IO.Pipelines;

namespace NocMonitor.Collector.Query.Influx;

/// <summary>
/// Where an answer is written to: the response as it is, or packed by gzip when the client takes that, as Grafana's does. What is flushed reaches the client packed as far as it
/// goes; the end of the packing is written when this is disposed of. One request, one thread at a time.
/// </summary>
internal sealed class AnswerBody : IAsyncDisposable
{
    private readonly GZipStream? _packed;

    public AnswerBody(HttpContext context)
    {
        if (TakesGzip(context.Request))
        {
            context.Response.Headers.ContentEncoding = "gzip";
            _packed = new GZipStream(context.Response.Body, CompressionLevel.Fastest, leaveOpen: true);
        }

        Stream = _packed ?? context.Response.Body;
        Writer = _packed is null ? context.Response.BodyWriter : PipeWriter.Create(_packed, new StreamPipeWriterOptions(minimumBufferSize: 64 << 10, leaveOpen: true));
    }

    public Stream Stream { get; }

    public PipeWriter Writer { get; }

    public ValueTask DisposeAsync() => _packed?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>RFC 9110, 12.5.3: names with weights; a weight of 0 is a refusal.</summary>
    private static bool TakesGzip(HttpRequest request)
    {
        foreach (var coding in request.Headers.AcceptEncoding.ToString().Split(',', StringSplitOptions.TrimEntries))
        {
            var weight = coding.IndexOf(';', StringComparison.Ordinal);
            var name = weight < 0 ? coding : coding[..weight].TrimEnd();
            if (name.Equals("gzip", StringComparison.OrdinalIgnoreCase))
            {
                return weight < 0 || !IsZero(coding[(weight + 1)..]);
            }
        }

        return false;
    }

    private static bool IsZero(string weight) => weight.Trim() is var text && text.StartsWith("q=0", StringComparison.OrdinalIgnoreCase) && text[3..].Trim('.', '0').Length == 0;
}
