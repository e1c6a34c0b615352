using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using NocMonitor.Agent.Delivery;
using NocMonitor.Agent.Scheduling;
using NocMonitor.Agent.SelfMetrics;
using NocMonitor.Agent.Settings;
using NocMonitor.Probes;
using NocMonitor.Probes.Snmp.Engine;

namespace NocMonitor.Agent.Hosting;

/// <summary>
/// A running agent: spool, uplink, scheduled probes and heartbeat, built from one configuration and changed over to others. One owner starts it,
/// applies configurations and disposes it, never side by side; status properties may be read by any thread.
/// </summary>
internal sealed class AgentRuntime : IAsyncDisposable
{
    /// <summary>What the last try to deliver may take; the service managers wait longer than this and the probes' grace together.</summary>
    private static readonly TimeSpan LastFlush = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _time;
    private readonly FlushSignal _signal;
    private readonly ProbeContext _context;
    private readonly ILogger _log;
    private readonly DataFolderLock _folder;
    private readonly Uplink _uplink;
    private readonly PointOutlet _outlet;
    private volatile bool _isConfigGood = true;
    private volatile bool _tlsVerificationOff;

    /// <summary>Takes the data folder and opens the spool. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> when it cannot be used.</summary>
    public AgentRuntime(AgentOptions options, TimeProvider time, ILoggerFactory logs)
    {
        Options = options;
        _time = time;
        _log = logs.CreateLogger("");
        _signal = new FlushSignal(time);
        var targets = UplinkTargets.Create(options, time, Clock, Counters, _log);
        _tlsVerificationOff = targets.TlsVerificationOff;
        _folder = DataFolderLock.Take(options.Data);
        try
        {
            Spool = Spool.Open(Path.Combine(options.Data, "spool"), options.Spool, time, Counters, _log);
        }
        catch
        {
            _folder.Dispose();
            throw;
        }

        _uplink = new Uplink(Spool, _signal, new DeadLetters(options.Data, time, Counters, _log), targets, Counters, time);
        _outlet = new SpoolOutlet(Spool, _signal, Counters);
        _context = new ProbeContext(time, options.Host, logs) { DataFolder = options.Data };
        Scheduler = new ProbeScheduler(IdentityOf(options), _context, _outlet, Counters, _log);
        Readings = new AgentReadings(this, time);
        Heartbeat = new Heartbeat(Readings, IdentityOf(options), options.HeartbeatInterval, _outlet, time);
    }

    public AgentOptions Options { get; private set; }

    public AgentCounters Counters { get; } = new();

    public ClockOffset Clock { get; } = new();

    public Spool Spool { get; }

    public ProbeScheduler Scheduler { get; }

    public AgentReadings Readings { get; }

    public Heartbeat Heartbeat { get; }

    /// <summary>False while the configuration on disk is bad and the one before is in use.</summary>
    public bool IsConfigGood => _isConfigGood;

    public bool TlsVerificationOff => _tlsVerificationOff;

    /// <summary>What asking devices by SNMP came to; null as long as no probe does.</summary>
    public SnmpCounters? Snmp => _context.Find<SnmpEngine>()?.Counters;

    /// <summary>The uplink's loop; it ends only when the agent stops or by a bug.</summary>
    public Task UplinkLoop { get; private set; } = Task.CompletedTask;

    /// <summary>Starts the probes, the uplink and the heartbeat; false, with the reasons, when a probe could not be made.</summary>
    public bool Start(ICollection<string> errors)
    {
        if (!ApplyProbes(Options, errors))
        {
            return false;
        }

        UplinkLoop = _uplink.RunAsync(_stop.Token);
        Heartbeat.Start();
        return true;
    }

    /// <summary>Changes over to another configuration: everything that can fail first, then the change. On failure all stays as it was.</summary>
    public bool Apply(AgentOptions options, ICollection<string> errors)
    {
        if (options.Data != Options.Data)
        {
            HostingLog.NeedsRestart(_log, "Data");
            options = options with { Data = Options.Data };
        }

        if (options.MetricsPort != Options.MetricsPort)
        {
            HostingLog.NeedsRestart(_log, "MetricsPort");
        }

        UplinkTargets? targets = null;
        if (!UplinkTargets.AreSame(options, Options) && (targets = CreateTargets(options, errors)) is null)
        {
            return false;
        }

        if (!ApplyProbes(options, errors))
        {
            targets?.Dispose();
            return false;
        }

        if (targets is not null)
        {
            _uplink.Use(targets);
            _tlsVerificationOff = targets.TlsVerificationOff;
        }

        Spool.Use(options.Spool);
        Heartbeat.Use(IdentityOf(options), options.HeartbeatInterval);
        Options = options;
        return true;
    }

    /// <summary>Notes how the last look at the configuration ended.</summary>
    public void NoteConfig(bool isGood)
    {
        _isConfigGood = isGood;
        if (!isGood)
        {
            Counters.ConfigFailed();
        }
    }

    /// <summary>Stops the probes, tries once to deliver what there is, and closes the spool.</summary>
    public async ValueTask DisposeAsync()
    {
        Heartbeat.Dispose();
        await Scheduler.StopAsync();
        await _context.DisposeAsync();
        await _stop.CancelAsync();
        await UplinkLoop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await FlushAsync();
        _uplink.Dispose();
        Spool.Dispose();
        _folder.Dispose();
        _signal.Dispose();
        _stop.Dispose();
    }

    public static AgentIdentity IdentityOf(AgentOptions options) => new(options.Name, options.Host, options.Tags);

    private async ValueTask FlushAsync()
    {
        using var limit = new CancellationTokenSource(LastFlush, _time);
        try
        {
            if (await _uplink.FlushOnceAsync(limit.Token))
            {
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // Out of time is the same as refused: the spool keeps the points.
        }

        HostingLog.NotFlushed(_log);
    }

    private bool ApplyProbes(AgentOptions options, ICollection<string> errors)
    {
        var failures = new List<ProbeFailure>();
        if (Scheduler.Apply(options.Probes, IdentityOf(options), failures))
        {
            return true;
        }

        foreach (var failure in failures)
        {
            errors.Add($"{failure.Entry.Place}: probe {failure.Entry.Name}: {failure.Reason}");
        }

        return false;
    }

    private UplinkTargets? CreateTargets(AgentOptions options, ICollection<string> errors)
    {
        try
        {
            return UplinkTargets.Create(options, _time, Clock, Counters, _log);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            errors.Add($"a certificate or key cannot be used: {exception.Message}");
            return null;
        }
    }
}
