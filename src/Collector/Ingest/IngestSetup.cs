using NocMonitor.Collector.Hosting;

namespace NocMonitor.Collector.Ingest;

internal static class IngestSetup
{
    public static void AddIngest(this IServiceCollection services, CollectorOptions options)
    {
        services.AddSingleton(options.Ingest);
        services.AddSingleton<IngestMetrics>();
        services.AddSingleton<PointFeed>();
        services.AddSingleton<PointSink>();
        services.AddSingleton<LineIntakePool>();
        services.AddSingleton<BodyIntake>();
        services.AddSingleton<WriteEndpoint>();
    }

    public static void MapIngest(this WebApplication app)
    {
        var door = app.Services.GetRequiredService<WriteEndpoint>();
        app.MapPost("/write", context => door.WriteAsync(context, WriteDialect.V1));
        app.MapPost("/api/v2/write", context => door.WriteAsync(context, WriteDialect.V2));
    }
}
