using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NocMonitor.Agent.SelfMetrics;
using NocMonitor.Agent.Settings;

namespace NocMonitor.Agent.Hosting;

/// <summary>
/// The agent as the host sees it: starts a runtime, keeps it beside its loops until the host stops, and says by the exit code whether it could do what it
/// was asked.
/// </summary>
internal sealed class AgentWorker(
    AgentConfig config, AgentConfigRequest request, ReloadSignal reloadSignal, ILoggerFactory logs, TimeProvider time, IHostApplicationLifetime host)
    : BackgroundService
{
    private readonly ILogger _log = logs.CreateLogger("");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host starts its services one after the other; opening the spool must not hold that up.
        await Task.Yield();
        if (Open() is not { } runtime)
        {
            Fail();
            return;
        }

        using var systemd = SystemdNotifier.Connect(Environment.GetEnvironmentVariable, _log);
        await using (runtime)
        {
            if (Start(runtime))
            {
                systemd?.Ready();
                await RunAsync(runtime, systemd, stoppingToken);
            }
            else
            {
                Fail();
            }

            systemd?.Stopping();
        }

        HostingLog.Stopped(_log);
    }

    private AgentRuntime? Open()
    {
        try
        {
            return new AgentRuntime(config.Options, time, logs);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            HostingLog.NoSpool(_log, config.Options.Data, exception.Message);
            return null;
        }
    }

    private bool Start(AgentRuntime runtime)
    {
        var errors = new List<string>();
        if (!runtime.Start(errors))
        {
            errors.ForEach(error => HostingLog.ConfigError(_log, error));
            return false;
        }

        HostingLog.Starts(_log, AgentVersion.Text, config.Options.Name, config.Options.Probes.Count, config.Options.Data,
            string.Join(", ", config.Options.Collectors.Select(collector => collector.Url.GetLeftPart(UriPartial.Path))));
        return true;
    }

    private async Task RunAsync(AgentRuntime runtime, SystemdNotifier? systemd, CancellationToken stop)
    {
        using var reload = new ConfigReload(runtime, config, request, time, _log);
        reloadSignal.Listen(reload.Ask);
        using var hangup = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            reloadSignal.Ask();
        });
        using var metrics = OpenMetrics(runtime);
        using var footprint = new Footprint(time);
        using var watchdog = systemd?.WatchdogInterval is { } interval
            ? time.CreateTimer(_ => systemd.Alive(), null, TimeSpan.Zero, interval)
            : null;
        runtime.Heartbeat.Beaten = () => systemd?.Status(StatusOf(runtime));

        // Each of these ends by the token alone; if one ends by a bug, so does the agent, and the service manager starts it anew.
        using var all = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task[] loops = [runtime.UplinkLoop, reload.RunAsync(all.Token), metrics?.RunAsync(all.Token) ?? Task.Delay(Timeout.InfiniteTimeSpan, time, all.Token)];
        var first = await Task.WhenAny([.. loops, Task.Delay(Timeout.InfiniteTimeSpan, time, all.Token)]);
        await all.CancelAsync();
        await Task.WhenAll(loops[1..]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        reloadSignal.Listen(null);
        if (!stop.IsCancellationRequested)
        {
            Environment.ExitCode = Commands.AgentCommands.CannotDo;
            await first;
        }
    }

    private MetricsListener? OpenMetrics(AgentRuntime runtime)
    {
        var port = runtime.Options.MetricsPort;
        try
        {
            return port == 0 ? null : new MetricsListener(port, runtime.Readings, time);
        }
        catch (SocketException exception)
        {
            // Monitoring matters more than being scraped.
            HostingLog.NoMetrics(_log, port, exception.Message);
            return null;
        }
    }

    private static string StatusOf(AgentRuntime runtime)
    {
        var spool = runtime.Spool.Status();
        var delivery = spool.OldestAgeNs < 60_000_000_000 ? "points are delivered" : $"points wait for {Configuration.Duration.Format(TimeSpan.FromMinutes(spool.OldestAgeNs / 60_000_000_000))}";
        return $"{runtime.Scheduler.Probes} probes; {delivery}{(runtime.IsConfigGood ? "" : "; the configuration on disk is bad")}";
    }

    private void Fail()
    {
        Environment.ExitCode = Commands.AgentCommands.CannotDo;
        host.StopApplication();
    }
}
