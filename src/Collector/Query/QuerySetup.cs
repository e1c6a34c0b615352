using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Hosting;
using NocMonitor.Collector.Hosting.Rehearsal;
using NocMonitor.Collector.Query.Influx;
using NocMonitor.Collector.Security;
using NocMonitor.TimeSeries;
using NocMonitor.TimeSeries.InfluxQl;

namespace NocMonitor.Collector.Query;

internal static class QuerySetup
{
    public static void AddQuery(this IServiceCollection services, CollectorOptions options)
    {
        services.AddSingleton(options.Query);
        services.AddSingleton(provider => new QueryEngine(
            provider.GetRequiredService<TimeSeriesStore>(), options.Store, provider.GetRequiredService<TimeProvider>(), options.Query.Limits));
        services.AddSingleton<QueryDoor>();
        services.AddSingleton(provider => new RehearsedRequests(ActivatorUtilities.CreateInstance<RehearsedQueries>(provider).Paths));
        services.AddSingleton<NotificationLog>();
        services.AddSingleton<TransitionLog>();
        services.AddSingleton<AlertEndpoints>();
        services.AddSingleton<HostEndpoints>();
        services.AddSingleton<PointEndpoints>();
        services.AddSingleton<PointStream>();
        services.AddSingleton<OutboxEndpoint>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<EventEndpoint>(provider, provider.GetRequiredService<AlertLog>().Feed));
        services.AddSingleton<StatusPage>();
    }

    /// <summary>Everything under <c>/api/v1</c>, its description, and the page for people.</summary>
    public static void MapQuery(this WebApplication app)
    {
        var access = app.Services.GetRequiredService<RequestAccess>();
        var alerts = app.Services.GetRequiredService<AlertEndpoints>();
        var points = app.Services.GetRequiredService<PointEndpoints>();
        var hosts = app.Services.GetRequiredService<HostEndpoints>();
        Map("/api/v1/alerts", alerts.ListAsync);
        Map("/api/v1/alerts/{id}", alerts.ShowAsync);
        app.MapPost("/api/v1/alerts/{id}/acknowledge", alerts.AcknowledgeAsync);
        Map("/api/v1/hosts", hosts.ListAsync);
        app.MapDelete("/api/v1/hosts/{name}", hosts.ForgetAsync);
        Map("/api/v1/series", points.ListSeriesAsync);
        Map("/api/v1/points", points.ListPointsAsync);
        Map("/api/v1/points/events", app.Services.GetRequiredService<PointStream>().StreamAsync);
        Map("/api/v1/receivers", app.Services.GetRequiredService<OutboxEndpoint>().ListAsync);
        Map("/api/v1/events", app.Services.GetRequiredService<EventEndpoint>().StreamAsync);
        app.MapMethods("/query", ["GET", "POST"], app.Services.GetRequiredService<QueryDoor>().AnswerAsync);
        app.MapGet("/openapi/v1.json", ApiDescription.WriteAsync);
        Map("/", app.Services.GetRequiredService<StatusPage>().WriteAsync);

        void Map(string path, RequestDelegate endpoint) => app.MapGet(path, access.Guard(Access.Read, endpoint));
    }
}
