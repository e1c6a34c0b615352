using NocMonitor.Collector.Hosting;
using NocMonitor.Collector.Ingest;

namespace NocMonitor.Collector;

/// <summary>Composes the collector: one Add and one Map a feature.</summary>
internal static class CollectorApp
{
    public static WebApplication Build(CollectorOptions options, TimeProvider time)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(CollectorApp).Assembly.GetName().Name });
        var gate = new StartupGate();
        builder.Logging.AddConsoleLogs(options.LogLevel, gate);
        builder.AddKestrel(options);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(gate);
        builder.Services.AddDataFolder(options);
        builder.Services.AddHealth();

        var app = builder.Build();
        app.MapHealth();
        return app;
    }
}
