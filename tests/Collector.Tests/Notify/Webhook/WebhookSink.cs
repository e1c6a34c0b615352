using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace NocMonitor.Collector.Tests.Notify.Webhook;

/// <summary>A receiver of webhooks on loopback that records what comes and answers what the test says.</summary>
internal sealed class WebhookSink : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<Received> _received = Channel.CreateUnbounded<Received>();
    private int _count;

    private WebhookSink(WebApplication app) => _app = app;

    public sealed record Received(string Body, IReadOnlyDictionary<string, string> Headers, string Path);

    /// <summary>Called with the number of the request from 1; the default answers 200.</summary>
    public Func<int, HttpContext, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    public Uri Address => new(_app.Urls.First());

    public int Count => Volatile.Read(ref _count);

    public ConcurrentQueue<Received> All { get; } = [];

    public static async Task<WebhookSink> StartAsync(string url = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        var sink = new WebhookSink(builder.Build());
        sink._app.Urls.Add(url);
        sink._app.Run(sink.TakeAsync);
        await sink._app.StartAsync();
        return sink;
    }

    /// <summary>The next request, in order; waits for it.</summary>
    public async Task<Received> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        return await _received.Reader.ReadAsync(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var received = new Received(await reader.ReadToEndAsync(), headers, context.Request.Path + context.Request.QueryString);
        All.Enqueue(received);
        await Answer(Interlocked.Increment(ref _count), context);
        _received.Writer.TryWrite(received);
    }
}
