using System.ComponentModel;
using System.Net.NetworkInformation;
using PingSender = System.Net.NetworkInformation.Ping;

namespace NocMonitor.Probes.Ping;

/// <summary>
/// Pings by the operating system's own call (IcmpSendEcho2 on Windows), so many side by side. Each request is a task of its own, owned by
/// <c>_running</c>; disposing cancels and awaits them.
/// </summary>
internal sealed class SystemEchoEngine(TimeProvider time) : IEchoEngine, IAsyncDisposable
{
    private const int MostAtOnce = 128;
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _free = new(MostAtOnce);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _running = [];

    public void Submit(EchoRequest request)
    {
        lock (_lock)
        {
            var task = SendAsync(request);
            if (!task.IsCompleted)
            {
                _running.Add(task);
                _ = task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Task[] running;
        lock (_lock)
        {
            running = [.. _running];
        }

        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _free.Dispose();
    }

    private void Forget(Task task)
    {
        lock (_lock)
        {
            _running.Remove(task);
        }
    }

    private async Task SendAsync(EchoRequest request)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(request.Token, _stop.Token);
        var wait = time.GetElapsedTime(time.GetTimestamp(), request.DueAt);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, stop.Token);
        }

        await _free.WaitAsync(stop.Token);
        try
        {
            await PingAsync(request, stop.Token);
        }
        finally
        {
            _free.Release();
        }
    }

    private async Task PingAsync(EchoRequest request, CancellationToken token)
    {
        using var ping = new PingSender();
        request.SentAt = time.GetTimestamp();
        try
        {
            var limit = time.GetElapsedTime(0, request.TimeLimit);
            var reply = await ping.SendPingAsync(request.Address, limit, new byte[request.Size], options: null, token);
            Finish(request, reply, time.GetTimestamp() - request.SentAt);
        }
        catch (Exception exception) when (exception is PingException or ArgumentException or NotSupportedException)
        {
            request.Finish(EchoOutcome.NotSent, (exception.InnerException as Win32Exception ?? exception).Message);
        }
    }

    private void Finish(EchoRequest request, PingReply reply, long elapsed)
    {
        if (reply.Status == IPStatus.Success)
        {
            request.Answered(elapsed, reply.Options?.Ttl ?? 0);
            return;
        }

        if (reply.Status != IPStatus.TimedOut)
        {
            request.Finish(EchoOutcome.Unreachable, Describe(reply));
            return;
        }

        var late = time.GetElapsedTime(request.TimeLimit, elapsed) > Tolerance;
        request.Finish(late ? EchoOutcome.Starved : EchoOutcome.Lost, "");
    }

    private static string Describe(PingReply reply)
    {
        var reason = reply.Status switch
        {
            IPStatus.DestinationHostUnreachable => "host unreachable",
            IPStatus.DestinationNetworkUnreachable => "network unreachable",
            IPStatus.DestinationPortUnreachable => "port unreachable",
            IPStatus.DestinationProhibited => "administratively prohibited",
            IPStatus.TtlExpired or IPStatus.TimeExceeded => "time to live exceeded in transit",
            IPStatus.PacketTooBig => "packet too big",
            _ => reply.Status.ToString(),
        };
        return $"{reason}, says {reply.Address}";
    }
}
