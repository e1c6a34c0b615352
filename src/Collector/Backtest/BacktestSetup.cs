using NocMonitor.Collector.Security;

namespace NocMonitor.Collector.Backtest;

internal static class BacktestSetup
{
    public static void AddBacktest(this IServiceCollection services)
    {
        services.AddSingleton<Backtester>();
        services.AddSingleton<BacktestEndpoint>();
    }

    public static void MapBacktest(this WebApplication app)
    {
        var access = app.Services.GetRequiredService<RequestAccess>();
        app.MapPost("/api/v1/backtest", access.Guard(Access.Read, app.Services.GetRequiredService<BacktestEndpoint>().RunAsync));
    }
}
