using NocMonitor.Collector.Hosting;
using NocMonitor.Collector.Ingest;
using NocMonitor.Collector.Security;
using NocMonitor.Collector.Telemetry;

namespace NocMonitor.Collector;

/// <summary>Composes the collector: one Add and one Map a feature.</summary>
internal static class CollectorApp
{
    public static WebApplication Build(CollectorOptions options, TimeProvider time)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(CollectorApp).Assembly.GetName().Name });
        builder.AddHost(options, time);
        builder.Services.AddTelemetry();
        builder.Services.AddOperations();
        builder.Services.AddSecurity();
        builder.Services.AddHealth();

        var app = builder.Build();
        app.MapHealth();
        app.MapMetrics();
        return app;
    }
}
