using System.Text.Json;
using System.Text.Json.Serialization;

namespace NocMonitor.Collector.Alerts;

/// <summary>The state of an alert as the operational database keeps it: JSON, what has its default value left out.</summary>
internal static partial class AlertStateText
{
    public static string Write(AlertState state) => JsonSerializer.Serialize(state, Context.Default.AlertState);

    /// <summary>Reads what <see cref="Write"/> wrote. Unknown members, from a newer version, are passed over.</summary>
    /// <exception cref="JsonException">The text is no such state.</exception>
    public static AlertState Read(string text) =>
        JsonSerializer.Deserialize(text, Context.Default.AlertState) ?? throw new JsonException("an alert's state is null");

    [JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, UseStringEnumConverter = true)]
    [JsonSerializable(typeof(AlertState))]
    private sealed partial class Context : JsonSerializerContext;
}
