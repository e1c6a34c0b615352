using Microsoft.Data.Sqlite;

namespace NocMonitor.Collector.Security;

/// <summary>Looks every two seconds whether tokens were added or revoked.</summary>
internal sealed partial class TokenRefresh(TokenCache tokens, TimeProvider time, ILogger<TokenRefresh> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Refresh();
        }
    }

    private void Refresh()
    {
        try
        {
            tokens.Refresh();
        }
        catch (SqliteException exception)
        {
            LogUnreadable(exception.Message);
        }
    }

    [LoggerMessage(1101, LogLevel.Warning, "Tokens cannot be read, those known stay valid: {Reason}")]
    private partial void LogUnreadable(string reason);
}
