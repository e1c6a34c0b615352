using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace NocMonitor.Collector.Inventory;

/// <summary>Reads the body of a request, as far as a limit allows.</summary>
internal static class RequestBody
{
    /// <summary>The bytes; null when there are more than allowed.</summary>
    public static async Task<byte[]?> ReadAsync(HttpContext context, int most)
    {
        if (context.Request.ContentLength > most)
        {
            return null;
        }

        using var body = new MemoryStream();
        var buffer = new byte[16 << 10];
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is var count and > 0)
        {
            if (body.Length + count > most)
            {
                return null;
            }

            body.Write(buffer, 0, count);
        }

        return body.ToArray();
    }

    /// <summary>The JSON of a body, or why there is none.</summary>
    public static async Task<(T? Value, string? Error)> ReadJsonAsync<T>(HttpContext context, JsonTypeInfo<T> type, int most)
        where T : class
    {
        if (await ReadAsync(context, most) is not { } bytes)
        {
            return (null, $"the body has more than {most} bytes");
        }

        try
        {
            return JsonSerializer.Deserialize(bytes, type) is { } value ? (value, null) : (null, "the body is empty");
        }
        catch (JsonException exception)
        {
            return (null, $"the body is not the JSON that is expected here, line {exception.LineNumber + 1}, near byte {exception.BytePositionInLine + 1} of it: {exception.Path}");
        }
    }
}
