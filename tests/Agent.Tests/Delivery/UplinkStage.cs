using NocMonitor.Agent.Delivery;
using NocMonitor.Agent.Settings;
using NocMonitor.Configuration;
using NocMonitor.Testing;

namespace NocMonitor.Agent.Tests.Delivery;

/// <summary>An uplink between a spool and two fake collectors, on a manual clock.</summary>
internal sealed class UplinkStage : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly LogLines _log;
    private Uplink? _uplink;
    private Task _loop = Task.CompletedTask;

    public UplinkStage()
    {
        _log = new LogLines(Time);
        Signal = new FlushSignal(Time);
    }

    public SpoolStage Spool { get; } = new();

    public ManualTimeProvider Time => Spool.Time;

    public FlushSignal Signal { get; }

    public FakeCollector First { get; } = new();

    public FakeCollector Second { get; } = new();

    public IReadOnlyList<string> Log => _log.Lines;

    public ClockOffset Clock { get; } = new();

    public string DeadLetterFile => Path.Combine(Spool.Folder, "deadletter.lp");

    public Uplink Uplink => _uplink ?? throw new InvalidOperationException("not started");

    /// <summary>Starts the loop towards these collectors, the first alone when none is named.</summary>
    public void Start(params Uri[] urls)
    {
        var deadLetters = new DeadLetters(Spool.Folder, Time, Spool.Counters, _log.Log);
        _uplink = new Uplink(Spool.Spool, Signal, deadLetters, Targets(urls.Length == 0 ? [First.Url] : urls), Spool.Counters, Time);
        _loop = _uplink.RunAsync(_stop.Token);
    }

    public UplinkTargets Targets(params Uri[] urls)
    {
        var options = SomeOptions.Default with { Collectors = [.. urls.Select(url => CollectorOptions.At(url) with { Token = new Secret("hunter2") })] };
        return UplinkTargets.Create(options, Time, Clock, Spool.Counters, _log.Log);
    }

    /// <summary>Waits until so many points were acknowledged to the spool.</summary>
    public Task SentAsync(int points) => Eventually.Async(() => Spool.Counters.PointsSent >= points);

    /// <summary>Waits until so many requests have failed.</summary>
    public Task FailuresAsync(int count) => Eventually.Async(() => Spool.Counters.SendErrors >= count);

    /// <summary>Moves the clock in small steps and lets the loop run between them.</summary>
    public async Task AdvanceAsync(TimeSpan span)
    {
        for (var step = TimeSpan.FromMilliseconds(500); span > TimeSpan.Zero; span -= step)
        {
            Time.Advance(step < span ? step : span);
            await Task.Yield();
        }
    }

    /// <summary>Moves the clock until so many points were acknowledged: through back-off, broken circuits and time limits, however long they are.</summary>
    public Task AdvanceUntilSentAsync(int points) => Eventually.Async(() =>
    {
        Time.Advance(TimeSpan.FromMilliseconds(200));
        return Spool.Counters.PointsSent >= points;
    });

    /// <summary>Moves the clock until so many requests have failed.</summary>
    public Task AdvanceUntilFailedAsync(int count) => Eventually.Async(() =>
    {
        Time.Advance(TimeSpan.FromMilliseconds(200));
        return Spool.Counters.SendErrors >= count;
    });

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _uplink?.Dispose();
        await First.DisposeAsync();
        await Second.DisposeAsync();
        Signal.Dispose();
        Spool.Dispose();
        _log.Dispose();
        _stop.Dispose();
    }
}
