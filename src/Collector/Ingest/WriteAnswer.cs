using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace NocMonitor.Collector.Ingest;

/// <summary>Writes the answer of a write door in the words of its dialect.</summary>
internal static class WriteAnswer
{
    public static Task StoredAsync(HttpContext context, WriteDialect dialect, WriteOutcome outcome)
    {
        if (outcome.Rejected == 0)
        {
            // InfluxDB 1 answers 200 to an empty body.
            var empty = dialect == WriteDialect.V1 && outcome.Bytes == 0;
            context.Response.StatusCode = empty ? StatusCodes.Status200OK : StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        var message = outcome.Describe();
        context.Response.Headers["X-Influxdb-Error"] = ForHeader(message);
        return ErrorAsync(context, dialect, WriteFailure.Invalid(message), outcome.FirstError?.Line);
    }

    public static Task RefusedAsync(HttpContext context, WriteDialect dialect, WriteFailure failure, TimeSpan retryAfter)
    {
        if (failure.Retry)
        {
            InfluxHeaders.AddRetryAfter(context, retryAfter);
        }

        if (failure.Status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"NocMonitor\"";
        }

        return ErrorAsync(context, dialect, failure, line: null);
    }

    private static Task ErrorAsync(HttpContext context, WriteDialect dialect, WriteFailure failure, long? line)
    {
        context.Response.StatusCode = failure.Status;
        return dialect == WriteDialect.V1
            ? WriteAsync(context, new V1Error(failure.Message), IngestJson.Plain.V1Error)
            : WriteAsync(context, new V2Error(failure.Code, failure.Message, "write", line), IngestJson.Plain.V2Error);
    }

    private static Task WriteAsync<T>(HttpContext context, T body, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(context.Response.Body, body, type, context.RequestAborted);
    }

    /// <summary>A header takes visible ASCII only.</summary>
    private static string ForHeader(string message) =>
        new([.. message.Take(200).Select(letter => letter is >= ' ' and <= '~' ? letter : '?')]);
}
