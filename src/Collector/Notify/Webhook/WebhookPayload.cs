using System.Text.Json.Serialization;

namespace NocMonitor.Collector.Notify.Webhook;

/// <summary>The body of Alertmanager's webhook, version 4, member by member in its order.</summary>
internal sealed record WebhookPayload(
    string Receiver,
    string Status,
    IReadOnlyList<WebhookAlert> Alerts,
    IReadOnlyDictionary<string, string> GroupLabels,
    IReadOnlyDictionary<string, string> CommonLabels,
    IReadOnlyDictionary<string, string> CommonAnnotations,
    [property: JsonPropertyName("externalURL")] string ExternalUrl,
    string Version,
    string GroupKey,
    int TruncatedAlerts);

/// <param name="EndsAt">Year 1 while the alert fires: Go's zero time, which receivers test for.</param>
internal sealed record WebhookAlert(
    string Status,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Annotations,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    [property: JsonPropertyName("generatorURL")] string GeneratorUrl,
    string Fingerprint);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WebhookPayload))]
internal sealed partial class WebhookJson : JsonSerializerContext;
