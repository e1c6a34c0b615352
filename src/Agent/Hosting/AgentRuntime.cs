using Microsoft.Extensions.Logging;
using NocMonitor.Agent.Delivery;
using NocMonitor.Agent.Scheduling;
using NocMonitor.Agent.Settings;
using NocMonitor.Probes;

namespace NocMonitor.Agent.Hosting;

/// <summary>
/// A running agent: spool, uplink and scheduled probes, built from one configuration and changed over to others. One owner starts it, applies
/// configurations and disposes it, never side by side.
/// </summary>
internal sealed class AgentRuntime : IAsyncDisposable
{
    /// <summary>What may pass between the wish to stop and the last try to deliver; the service managers wait longer than both together.</summary>
    private static readonly TimeSpan LastFlush = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _time;
    private readonly FlushSignal _signal;
    private readonly ILogger _log;
    private Task _uplinkLoop = Task.CompletedTask;

    public AgentRuntime(AgentOptions options, TimeProvider time, ILoggerFactory logs)
    {
        Options = options;
        _time = time;
        _log = logs.CreateLogger("");
        _signal = new FlushSignal(time);
        Spool = Spool.Open(Path.Combine(options.Data, "spool"), options.Spool, time, Counters, _log);
        var deadLetters = new DeadLetters(options.Data, time, Counters, _log);
        Uplink = new Uplink(Spool, _signal, deadLetters, UplinkTargets.Create(options, time, Clock, Counters, _log), Counters, time);
        Outlet = new SpoolOutlet(Spool, _signal, Counters);
        var context = new ProbeContext(time, options.Host, logs);
        Scheduler = new ProbeScheduler(IdentityOf(options), context, Outlet, Counters, _log);
    }

    public AgentOptions Options { get; private set; }

    public AgentCounters Counters { get; } = new();

    public ClockOffset Clock { get; } = new();

    public Spool Spool { get; }

    public Uplink Uplink { get; }

    public PointOutlet Outlet { get; }

    public ProbeScheduler Scheduler { get; }

    /// <summary>Starts the probes and the uplink; false, with the reasons, when a probe could not be made.</summary>
    public bool Start(ICollection<ProbeFailure> errors)
    {
        if (!Scheduler.Apply(Options.Probes, IdentityOf(Options), errors))
        {
            return false;
        }

        _uplinkLoop = Uplink.RunAsync(_stop.Token);
        return true;
    }

    /// <summary>Stops the probes, tries once to deliver what there is, and closes the spool.</summary>
    public async ValueTask DisposeAsync()
    {
        await Scheduler.StopAsync();
        await _stop.CancelAsync();
        await _uplinkLoop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var limit = new CancellationTokenSource(LastFlush, _time);
        try
        {
            await Uplink.FlushOnceAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            HostingLog.NotFlushed(_log);
        }

        Uplink.Dispose();
        Spool.Dispose();
        _signal.Dispose();
        _stop.Dispose();
    }

    public static AgentIdentity IdentityOf(AgentOptions options) => new(options.Name, options.Host, options.Tags);
}
