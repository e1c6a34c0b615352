using Microsoft.Extensions.Logging;
using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Probes.Snmp.Polling;
using NocMonitor.Probes.Snmp.Profiles;

namespace NocMonitor.Probes.Snmp;

/// <summary>
/// Polls many devices in each round, spread over the interval, so many side by side. A round does not wait for a slow device: that one's poll goes on, and
/// the rounds that come by meanwhile count an overrun and leave it alone. Rounds never overlap; polls run on the thread pool.
/// </summary>
internal sealed class SnmpProbe : IProbe, IAsyncDisposable
{
    private readonly SnmpOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly SnmpEngine _engine;
    private readonly DevicePoller[] _pollers;
    private readonly Task[] _polls;
    private readonly RoundPoints _points = new();
    private readonly SemaphoreSlim _slots;
    private readonly CancellationTokenSource _stop = new();

    private SnmpProbe(SnmpOptions options, ProbeContext context)
    {
        _options = options;
        _time = context.Time;
        _log = context.Logs.CreateLogger("snmp");
        _engine = SnmpEngine.Of(context);
        var setup = new PollSetup
        {
            Time = context.Time,
            Names = context.Names,
            Engine = _engine,
            Plans = new PlanLibrary(ProfilesFor(options, context), options.Added, _log),
            Tables = new TablePool(),
            Log = _log,
            MaxRows = options.MaxRows,
            TableTimeout = options.TableTimeout,
            EmptyTableInterval = options.EmptyTableInterval,
        };
        _pollers = [.. options.Targets.Select(target => new DevicePoller(target, setup))];
        _polls = [.. _pollers.Select(_ => Task.CompletedTask)];
        _slots = new SemaphoreSlim(options.Concurrency);
    }

    public static IProbe Create(SnmpOptions options, ProbeContext context) => new SnmpProbe(options, context);

    /// <summary>The shipped ones take some MiB while they are read: not where no target asks for any.</summary>
    private static ProfileLibrary ProfilesFor(SnmpOptions options, ProbeContext context) =>
        options.Targets.All(target => target.Profile == SnmpTargetOptions.NoProfile) ? ProfileLibrary.Empty : ProfileLibraries.Of(context).Load(options.ProfileFolders);

    public async ValueTask ProbeAsync(IPointSink points, CancellationToken token)
    {
        var started = _time.GetTimestamp();
        _points.Open(points);
        try
        {
            await StartAsync(started, token);
            await EndAsync(started, token);
        }
        finally
        {
            _points.Close();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_polls);
        foreach (var poller in _pollers)
        {
            poller.Dispose();
        }

        _slots.Dispose();
        _stop.Dispose();
    }

    /// <summary>Starts each device's poll at its own moment, in the order of the targets.</summary>
    private async ValueTask StartAsync(long started, CancellationToken token)
    {
        for (var i = 0; i < _pollers.Length; i++)
        {
            var wait = (_options.Spread * i / _pollers.Length) - _time.GetElapsedTime(started);
            if (wait > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(wait, _time, token);
            }

            if (_polls[i].IsCompleted)
            {
                var poller = _pollers[i];
                _polls[i] = Task.Run(() => PollAsync(poller), token);
            }
            else
            {
                _pollers[i].NoteOverrun();
                _engine.NoteOverrun();
                SnmpLog.Overrun(_log, _pollers[i].Host);
            }
        }
    }

    /// <summary>Waits for the polls, or until the next round is near.</summary>
    private async ValueTask EndAsync(long started, CancellationToken token)
    {
        var all = Task.WhenAll(_polls);
        if (_options.RoundLimit is not { } limit)
        {
            await all.WaitAsync(token);
            return;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(token);
        var rest = limit - _time.GetElapsedTime(started);
        if (rest > TimeSpan.Zero && await Task.WhenAny(all, Task.Delay(rest, _time, end.Token)) == all)
        {
            await end.CancelAsync();
            await all;
        }

        token.ThrowIfCancellationRequested();
    }

    private async Task PollAsync(DevicePoller poller)
    {
        try
        {
            await _slots.WaitAsync(_stop.Token);
            try
            {
                await poller.PollAsync(_points, _stop.Token);
            }
            finally
            {
                _slots.Release();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The probe is taken out of service; nobody waits for the rest of this poll.
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A bug in one device's poll must not take the others' points with it.
            SnmpLog.PollFailed(_log, poller.Host, exception);
        }
    }
}
