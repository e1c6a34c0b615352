using System.Net;
using NocMonitor.Bench.Processes;

namespace NocMonitor.Bench.Agent;

/// <summary>A collector that accepts everything, and answers every page.</summary>
internal sealed class AcceptingSink : IAsyncDisposable
{
    private readonly HttpSink _sink;

    public AcceptingSink(int port) => _sink = new HttpSink(port, AnswerAsync);

    public string Url => _sink.Url;

    public int Posts { get; private set; }

    public long Bytes { get; private set; }

    public ValueTask DisposeAsync() => _sink.DisposeAsync();

    private async Task AnswerAsync(HttpListenerContext context)
    {
        if (context.Request.HttpMethod == "POST")
        {
            var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            Posts++;
            Bytes += body.Length;
            context.Response.StatusCode = 204;
        }
    }
}
