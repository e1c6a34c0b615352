using System.Globalization;
using System.Text.Json;
using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Hosting;

namespace NocMonitor.Collector.Query;

/// <summary>A transition as the event stream tells it.</summary>
internal sealed record TransitionView(
    long Id, long Alert, string Rule, string Host, string Reason, string From, string To, string Summary, DateTimeOffset At);

/// <summary>
/// Transitions as they are recorded, as server-sent events. Each client is sent what the table has after the last one it saw, so nothing is missed, told
/// twice or queued for it: a slow client only delays itself, and Kestrel cuts off one that takes nothing. Safe for concurrent use.
/// </summary>
internal sealed class EventEndpoint(TransitionFeed feed, TransitionLog transitions, TimeProvider time, IHostApplicationLifetime host)
{
    private const int MostClients = 100;
    private const int MostAtOnce = 500;
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private int _clients;

    public async Task StreamAsync(HttpContext context)
    {
        if (Interlocked.Increment(ref _clients) > MostClients)
        {
            Interlocked.Decrement(ref _clients);
            await Problem.WriteAsync(context, 503, $"{MostClients} clients follow already");
            return;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, host.ApplicationStopping);
        try
        {
            await FollowAsync(context, end.Token);
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

    private async Task FollowAsync(HttpContext context, CancellationToken token)
    {
        // Followed before the table is read: what is recorded in between wakes the first wait.
        using var follower = feed.Follow();
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync("retry: 3000\n\n", token);
        var last = LastSeen(context);
        while (true)
        {
            last = await SendAfterAsync(context, last, token);
            await context.Response.Body.FlushAsync(token);
            if (!await ComesAsync(follower, token))
            {
                await context.Response.WriteAsync(": still here\n\n", token);
            }
        }
    }

    /// <summary>Where the client left off; one that says nothing begins with what comes next.</summary>
    private long LastSeen(HttpContext context) =>
        long.TryParse(context.Request.Headers["Last-Event-ID"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            ? last
            : transitions.Newest();

    private async Task<long> SendAfterAsync(HttpContext context, long last, CancellationToken token)
    {
        IReadOnlyList<TransitionView> some;
        do
        {
            some = transitions.After(last, MostAtOnce);
            foreach (var transition in some)
            {
                var json = JsonSerializer.Serialize(transition, QueryJson.Plain.TransitionView);
                await context.Response.WriteAsync($"id: {transition.Id}\nevent: transition\ndata: {json}\n\n", token);
                last = transition.Id;
            }
        }
        while (some.Count == MostAtOnce);
        return last;
    }

    /// <summary>False when nothing came for as long as a heartbeat.</summary>
    private async Task<bool> ComesAsync(TransitionFeed.Follower follower, CancellationToken token)
    {
        using var limit = new CancellationTokenSource(Heartbeat, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, token);
        try
        {
            await follower.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return false;
        }
    }
}
