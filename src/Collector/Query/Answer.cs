using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace NocMonitor.Collector.Query;

internal static class Answer
{
    public static Task WriteAsync<T>(HttpContext context, T body, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return JsonSerializer.SerializeAsync(context.Response.Body, body, type, context.RequestAborted);
    }
}
