using System.Diagnostics;
using System.Net;
using System.Text;
using System.Threading.Channels;
using NocMonitor.Bench.Processes;

namespace NocMonitor.Bench.Collector;

/// <summary>A webhook that notes when each post arrived.</summary>
internal sealed class RecordingSink : IAsyncDisposable
{
    private readonly Channel<(long Arrived, string Body)> _posts = Channel.CreateUnbounded<(long, string)>();
    private readonly HttpSink _sink;

    public RecordingSink(int port) => _sink = new HttpSink(port, NoteAsync);

    public string Url => _sink.Url;

    /// <summary>When a post with this text in its body arrived, as a timestamp of <see cref="Stopwatch"/>; other posts are passed over.</summary>
    public async Task<long> ArrivalAsync(string text, CancellationToken token)
    {
        await foreach (var (arrived, body) in _posts.Reader.ReadAllAsync(token))
        {
            if (body.Contains(text, StringComparison.Ordinal))
            {
                return arrived;
            }
        }

        throw new InvalidOperationException("the sink has stopped");
    }

    public async ValueTask DisposeAsync()
    {
        await _sink.DisposeAsync();
        _posts.Writer.Complete();
    }

    private async Task NoteAsync(HttpListenerContext context)
    {
        var arrived = Stopwatch.GetTimestamp();
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        await _posts.Writer.WriteAsync((arrived, await reader.ReadToEndAsync()));
    }
}
