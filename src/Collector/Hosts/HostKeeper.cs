using Microsoft.Data.Sqlite;

namespace NocMonitor.Collector.Hosts;

/// <summary>Writes hosts that were heard of to the operational database now and then, and once more at the end.</summary>
internal sealed partial class HostKeeper(HostBoard board, HostStore store, TimeProvider time, ILogger<HostKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, long> _written = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await WriteAsync();
            }
        }
        finally
        {
            await WriteAsync();
        }
    }

    private async Task WriteAsync()
    {
        KnownHost[] changed = [.. board.All.Where(host => _written.GetValueOrDefault(host.Name, -1) != host.LastSeenNs)];
        if (changed.Length == 0)
        {
            return;
        }

        try
        {
            await store.WriteAsync(changed, CancellationToken.None);
            foreach (var host in changed)
            {
                _written[host.Name] = host.LastSeenNs;
            }
        }
        catch (SqliteException exception)
        {
            LogDatabase(exception.Message);
        }
    }

    [LoggerMessage(5001, LogLevel.Warning, "The known hosts cannot be written: {Reason}")]
    private partial void LogDatabase(string reason);
}
