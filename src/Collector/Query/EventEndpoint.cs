using System.Globalization;
using System.Text.Json;
using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Hosting;

namespace NocMonitor.Collector.Query;

/// <summary>A transition as the event stream tells it.</summary>
internal sealed record TransitionView(
    long Id, long Alert, string Rule, string Host, string Reason, string From, string To, string Summary, DateTimeOffset At);

/// <summary>
/// Transitions as they are recorded, as server-sent events. What a client missed while it was away is sent first, by its <c>Last-Event-ID</c>. Each
/// client has a bounded queue of its own; one that does not keep up is cut off and comes back by that id. Safe for concurrent use.
/// </summary>
internal sealed class EventEndpoint(TransitionFeed feed, TransitionLog transitions, TimeProvider time, IHostApplicationLifetime host)
{
    private const int MostClients = 100;
    private const int MostMissed = 1000;
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
        // Followed before the past is read: what happens in between comes twice and is told once, never missed.
        using var follower = feed.Follow();
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync("retry: 3000\n\n", token);
        var last = await SendMissedAsync(context, token);
        await context.Response.Body.FlushAsync(token);
        await using var next = follower.ReadAsync(token).GetAsyncEnumerator(token);
        var waiting = next.MoveNextAsync().AsTask();
        while (follower.Lost == 0)
        {
            if (!await ComesAsync(waiting, token))
            {
                await context.Response.WriteAsync(": still here\n\n", token);
            }
            else if (!waiting.Result)
            {
                return;
            }
            else
            {
                last = await SendAsync(context, View(next.Current), last, token);
                waiting = next.MoveNextAsync().AsTask();
            }

            await context.Response.Body.FlushAsync(token);
        }
    }

    /// <summary>False when nothing came for as long as a heartbeat.</summary>
    private async Task<bool> ComesAsync(Task<bool> waiting, CancellationToken token)
    {
        try
        {
            await waiting.WaitAsync(Heartbeat, time, token);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task<long> SendMissedAsync(HttpContext context, CancellationToken token)
    {
        var text = context.Request.Headers["Last-Event-ID"].ToString();
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var last))
        {
            return 0;
        }

        foreach (var missed in transitions.After(last, MostMissed))
        {
            last = await SendAsync(context, missed, last, token);
        }

        return last;
    }

    private static async Task<long> SendAsync(HttpContext context, TransitionView transition, long last, CancellationToken token)
    {
        if (transition.Id <= last)
        {
            return last;
        }

        var json = JsonSerializer.Serialize(transition, QueryJson.Plain.TransitionView);
        await context.Response.WriteAsync($"id: {transition.Id}\nevent: transition\ndata: {json}\n\n", token);
        return transition.Id;
    }

    private static TransitionView View(RecordedTransition recorded)
    {
        var transition = recorded.Transition;
        return new TransitionView(
            recorded.Id, recorded.Alert, transition.Key.Rule, transition.Labels["host"], AlertTables.Word(transition.Step.Reason),
            AlertTables.Word(transition.Step.From), AlertTables.Word(transition.Step.To), transition.Summary, AlertView.At(transition.Time / 1_000_000));
    }
}
