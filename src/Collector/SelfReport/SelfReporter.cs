using Microsoft.Data.Sqlite;
using NocMonitor.Collector.Ingest;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.SelfReport;

/// <summary>Sends the collector's own points every ten seconds through its own door.</summary>
internal sealed partial class SelfReporter(SelfPoints points, PointWriter writer, TimeProvider time, ILogger<SelfReporter> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await ReportAsync();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task ReportAsync()
    {
        try
        {
            await writer.WriteAsync(points.Take());
        }
        catch (Exception exception) when (exception is StoreUnavailableException or SqliteException)
        {
            LogLost(exception.Message);
        }
    }

    [LoggerMessage(5101, LogLevel.Debug, "The collector's own points are lost for this time: {Reason}")]
    private partial void LogLost(string reason);
}
