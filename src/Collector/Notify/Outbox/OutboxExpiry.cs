using Microsoft.Data.Sqlite;

namespace NocMonitor.Collector.Notify.Outbox;

/// <summary>Looks at the outbox every few seconds: what waited too long dies, what ended long ago is forgotten.</summary>
internal sealed partial class OutboxExpiry(OutboxStanding standing, NotificationDispatcher dispatcher, TimeProvider time, ILogger<OutboxExpiry> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await LookAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken token)
    {
        try
        {
            var options = dispatcher.Options.Outbox;
            var died = await standing.ExpireAsync(options.MaxAge, token);
            if (died > 0)
            {
                LogDied(died, options.MaxAge);
            }

            await standing.ForgetAsync(options.KeepEnded, token);
        }
        catch (SqliteException exception)
        {
            LogDatabase(exception.Message);
        }
    }

    [LoggerMessage(4011, LogLevel.Error, "{Count} notifications are dead: they could not be delivered within {MaxAge}")]
    private partial void LogDied(int count, TimeSpan maxAge);

    [LoggerMessage(4012, LogLevel.Warning, "The outbox cannot be looked at: {Reason}")]
    private partial void LogDatabase(string reason);
}
