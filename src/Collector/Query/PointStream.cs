using NocMonitor.Collector.Hosting;
using NocMonitor.Collector.Ingest;
using NocMonitor.Collector.Rules.Definition;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Query;

/// <summary>
/// Points as they arrive, as server-sent events. A client that does not keep up is told how many it did not see. Safe for concurrent use.
/// </summary>
internal sealed class PointStream(PointFeed feed, TimeProvider time, IHostApplicationLifetime host)
{
    private const int MostClients = 20;
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private int _clients;

    public async Task StreamAsync(HttpContext context)
    {
        var query = new QueryReader(context, time);
        var measurement = query.Text("measurement") is { } text ? new TagPattern(text) : null;
        (string Tag, TagPattern Pattern)[] tags = [.. query.Rest().Select(pair => (pair.Key, new TagPattern(pair.Value)))];
        if (Interlocked.Increment(ref _clients) > MostClients)
        {
            Interlocked.Decrement(ref _clients);
            await Problem.WriteAsync(context, 503, $"{MostClients} clients look on already");
            return;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, host.ApplicationStopping);
        try
        {
            await ShowAsync(context, series => Wanted(series, measurement, tags), end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            Interlocked.Decrement(ref _clients);
        }
    }

    private async Task ShowAsync(HttpContext context, Func<Series, bool> wanted, CancellationToken token)
    {
        using var onlooker = feed.Look(wanted, PointJson.Write);
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync("retry: 1000\n\n", token);
        await context.Response.Body.FlushAsync(token);
        while (true)
        {
            if (!await ComesAsync(onlooker, token))
            {
                await context.Response.WriteAsync(": still here\n\n", token);
            }

            while (onlooker.Points.TryRead(out var point))
            {
                await context.Response.WriteAsync($"event: point\ndata: {point}\n\n", token);
            }

            if (onlooker.TakeDropped() is var dropped and > 0)
            {
                await context.Response.WriteAsync($"event: dropped\ndata: {dropped}\n\n", token);
            }

            await context.Response.Body.FlushAsync(token);
        }
    }

    /// <summary>False when nothing came for as long as a heartbeat.</summary>
    private async Task<bool> ComesAsync(PointFeed.Onlooker onlooker, CancellationToken token)
    {
        using var limit = new CancellationTokenSource(Heartbeat, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, token);
        try
        {
            return await onlooker.Points.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return false;
        }
    }

    private static bool Wanted(Series series, TagPattern? measurement, (string Tag, TagPattern Pattern)[] tags)
    {
        var key = series.Key;
        return measurement?.Matches(key.Measurement) != false && Array.TrueForAll(tags, one => one.Pattern.Matches(key.FindTag(one.Tag) ?? ""));
    }
}
