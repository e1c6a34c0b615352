using NocMonitor.Collector.Security;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Telemetry;

/// <summary><c>/metrics</c> for Prometheus and whatever reads its text format.</summary>
internal static class MetricsEndpoint
{
    public static void AddTelemetry(this IServiceCollection services)
    {
        services.AddSingleton<CollectorMeter>();
        services.AddSingleton<MeterReadings>();
    }

    public static void MapMetrics(this WebApplication app)
    {
        // Made before the host starts: what is counted before the first scrape counts too.
        var readings = app.Services.GetRequiredService<MeterReadings>();
        var meter = app.Services.GetRequiredService<CollectorMeter>().Meter;
        ProcessMetrics.AddTo(meter);
        StoreMetrics.AddTo(meter, app.Services.GetRequiredService<TimeSeriesStore>().Index);
        app.MapGet("/metrics", app.Services.GetRequiredService<RequestAccess>().Guard(Access.Read, context =>
        {
            context.Response.ContentType = PrometheusText.ContentType;
            return context.Response.WriteAsync(PrometheusText.Write(readings.Read()), context.RequestAborted);
        }));
    }
}
