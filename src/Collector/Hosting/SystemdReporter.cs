using System.Globalization;
using NocMonitor.Collector.Hosts;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Hosting;

/// <summary>
/// Tells systemd that the collector is ready once it listens, that it lives, in a line how it is, and that it stops. Registered last, so that it is the
/// first to stop. A collector that refuses points, as with a full disk, still lives: starting it anew would mend nothing.
/// </summary>
internal sealed partial class SystemdReporter(
    Func<string, string?> variable, IHostApplicationLifetime host, Readiness readiness, Func<string> summary, TimeProvider time, ILogger<SystemdReporter> log)
    : BackgroundService
{
    private static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(10);

    private string _status = "";
    private bool _refused;

    public static SystemdReporter Create(IServiceProvider services)
    {
        var (store, hosts) = (services.GetRequiredService<TimeSeriesStore>(), services.GetRequiredService<HostBoard>());
        return new SystemdReporter(
            Environment.GetEnvironmentVariable, services.GetRequiredService<IHostApplicationLifetime>(), services.GetRequiredService<Readiness>(),
            () => string.Create(CultureInfo.InvariantCulture, $"takes points; {hosts.All.Count()} hosts, {store.Index.Live} series"),
            services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<SystemdReporter>>());
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var socket = SystemdSocket.Open(variable);
        if (socket is null)
        {
            return;
        }

        await StartedAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stoppingToken.IsCancellationRequested)
        {
            Tell(socket, "READY=1");
            await ReportAsync(socket, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Tell(socket, "STOPPING=1");
    }

    private async Task StartedAsync(CancellationToken token)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = host.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(token);
    }

    private async Task ReportAsync(SystemdSocket socket, CancellationToken token)
    {
        using var timer = new PeriodicTimer(socket.WatchdogInterval is { } watchdog && watchdog < StatusInterval ? watchdog : StatusInterval, time);
        do
        {
            if (socket.WatchdogInterval is not null)
            {
                Tell(socket, "WATCHDOG=1");
            }

            var status = readiness.Trouble() is { } trouble ? $"refuses points: {trouble}" : summary();
            if (status != _status)
            {
                _status = status;
                Tell(socket, "STATUS=" + status.ReplaceLineEndings(" "));
            }
        }
        while (await timer.WaitForNextTickAsync(token));
    }

    private void Tell(SystemdSocket socket, string message)
    {
        var taken = socket.Send(message);
        if (!taken && !_refused)
        {
            LogRefused();
        }

        _refused = !taken;
    }

    [LoggerMessage(1031, LogLevel.Warning, "systemd does not take the collector's messages")]
    private partial void LogRefused();
}
