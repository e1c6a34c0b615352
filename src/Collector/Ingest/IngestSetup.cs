using NocMonitor.Collector.Hosting;
using NocMonitor.Collector.Ingest.RemoteWrite;

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
        services.AddSingleton<RemoteWriteMemory>();
        services.AddSingleton<SeriesOrder>();
        services.AddSingleton<RemoteWriteBody>();
        services.AddSingleton<WriteEndpoint>();
    }

    public static void MapIngest(this WebApplication app)
    {
        var door = app.Services.GetRequiredService<WriteEndpoint>();
        var bodies = app.Services.GetRequiredService<BodyIntake>();
        var time = app.Services.GetRequiredService<TimeProvider>();
        Map("/write", WriteDialect.V1, new LineBody(WriteDialect.V1, bodies, time));
        Map("/api/v2/write", WriteDialect.V2, new LineBody(WriteDialect.V2, bodies, time));
        Map("/api/v1/write", WriteDialect.Prometheus, app.Services.GetRequiredService<RemoteWriteBody>());

        void Map(string path, WriteDialect dialect, IWriteBody body) => app.MapPost(path, context => door.WriteAsync(context, dialect, body));
    }
}
