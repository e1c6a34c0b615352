using System.Diagnostics;
using System.Net;
using System.Text;
using System.Threading.Channels;

namespace NocMonitor.Bench.Collector;

/// <summary>A webhook that notes when each post arrived.</summary>
internal sealed class RecordingSink : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Channel<(long Arrived, string Body)> _posts = Channel.CreateUnbounded<(long, string)>();
    private readonly Task _loop;

    public RecordingSink(int port)
    {
        Url = $"http://127.0.0.1:{port}/";
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _loop = ServeAsync();
    }

    public string Url { get; }

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
        _listener.Close();
        await _loop;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                var arrived = Stopwatch.GetTimestamp();
                using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
                var body = await reader.ReadToEndAsync();
                context.Response.Close();
                await _posts.Writer.WriteAsync((arrived, body));
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // Closing the listener ends the loop.
            _posts.Writer.Complete();
        }
    }
}
