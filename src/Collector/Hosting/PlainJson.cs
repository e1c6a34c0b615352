using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NocMonitor.Collector.Hosting;

/// <summary>How every answer is written. Quotes and other letters stay as they are: an answer is JSON to a client, never a part of a page.</summary>
internal static class PlainJson
{
    /// <summary>New options, to be owned by one serializer context.</summary>
    public static JsonSerializerOptions Options() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
