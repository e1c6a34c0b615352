using System.Runtime.InteropServices;
using NocMonitor.Collector.Hosting;

namespace NocMonitor.Collector.Reload;

/// <summary>Reloads on SIGHUP at once, and a moment after a file of the configuration or of the rules has changed.</summary>
internal sealed partial class ReloadTrigger(
    ConfigReloader reloader, CollectorConfiguration source, CollectorOptions options, TimeProvider time, ILogger<ReloadTrigger> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly WakeSignal _hangUp = new();
    private volatile bool _asked;

    /// <summary>Asks for a reload now, whether files changed or not.</summary>
    public void Ask()
    {
        _asked = true;
        _hangUp.Raise();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var signal = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            Ask();
        });
        var change = new StableChange(Stamp());
        while (!stoppingToken.IsCancellationRequested)
        {
            await _hangUp.WaitAsync(Interval, time, stoppingToken);
            var now = Stamp();
            if (change.IsDue(now) || _asked)
            {
                _asked = false;
                change.Take(now);
                await ReloadAsync(stoppingToken);
            }
        }
    }

    private string Stamp() => FileStamps.Take(source.Files, options.Rules.Directory);

    private async Task ReloadAsync(CancellationToken token)
    {
        try
        {
            await reloader.ReloadAsync(token);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogUnreadable(exception.Message);
        }
    }

    [LoggerMessage(5211, LogLevel.Error, "The configuration cannot be read again, the old one stays in force: {Reason}")]
    private partial void LogUnreadable(string reason);
}
