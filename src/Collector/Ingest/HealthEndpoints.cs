using System.Text.Json;
using NocMonitor.Collector.Hosting;

namespace NocMonitor.Collector.Ingest;

/// <summary><c>/ping</c>, <c>/health</c> and <c>/ready</c> as InfluxDB answers them. They need no token: load balancers and clients ask before they have one.</summary>
internal static class HealthEndpoints
{
    public static void AddHealth(this IServiceCollection services) => services.AddSingleton<Readiness>();

    public static void MapHealth(this WebApplication app)
    {
        var readiness = app.Services.GetRequiredService<Readiness>();
        app.MapMethods("/ping", ["GET", "HEAD"], Ping);
        app.MapMethods("/health", ["GET", "HEAD"], (RequestDelegate)(context => AnswerHealthAsync(context, readiness)));
        app.MapMethods("/ready", ["GET", "HEAD"], (RequestDelegate)(context => AnswerReadyAsync(context, readiness)));
    }

    private static Task Ping(HttpContext context)
    {
        InfluxHeaders.Add(context);
        var verbose = context.Request.Query["verbose"].ToString();
        if (verbose.Length == 0 || verbose is "0" or "false")
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        return WriteAsync(context, 200, new PingAnswer(InfluxHeaders.SpokenVersion), IngestJson.Plain.PingAnswer);
    }

    private static Task AnswerHealthAsync(HttpContext context, Readiness readiness)
    {
        InfluxHeaders.Add(context);
        var trouble = readiness.Trouble();
        var answer = new HealthAnswer(
            "influxdb", trouble ?? "ready for queries and writes", trouble is null ? "pass" : "fail", CollectorVersion.Number, CollectorVersion.Full, []);
        return WriteAsync(context, trouble is null ? 200 : 503, answer, IngestJson.Plain.HealthAnswer);
    }

    private static Task AnswerReadyAsync(HttpContext context, Readiness readiness)
    {
        InfluxHeaders.Add(context);
        var trouble = readiness.Trouble();
        var answer = new ReadyAnswer(trouble is null ? "ready" : "not ready", readiness.StartedAt, readiness.Up.ToString("c"), trouble);
        return WriteAsync(context, trouble is null ? 200 : 503, answer, IngestJson.Plain.ReadyAnswer);
    }

    private static Task WriteAsync<T>(HttpContext context, int status, T answer, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : JsonSerializer.SerializeAsync(context.Response.Body, answer, type, context.RequestAborted);
    }
}
