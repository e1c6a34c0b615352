using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NocMonitor.Agent.Discovery;

/// <summary>A device as it is kept and sent: the collector's <c>DiscoveredDevice</c>, and beside it what people are told.</summary>
internal sealed record DeviceJson(string Address, IReadOnlyDictionary<string, string> Facts, string? Credentials = null, string? Trouble = null);

/// <summary>A line of the journal: the head, a device, or how far the discovery came.</summary>
internal sealed record JournalLine(string? Id = null, DateTimeOffset? Started = null, string? Request = null, DeviceJson? Device = null, long? Next = null);

/// <summary>What the collector takes at <c>/api/v1/inventory/discoveries</c>.</summary>
internal sealed record ReportJson(string Id, string Agent, bool Complete, IReadOnlyList<string>? Ranges, IReadOnlyList<string>? Excluded, IReadOnlyList<DeviceJson> Devices);

/// <summary>What the collector answers.</summary>
internal sealed record ReportAnswerJson(int New, int Changed, int Unchanged, int Absent);

[JsonSerializable(typeof(JournalLine))]
[JsonSerializable(typeof(ReportJson))]
[JsonSerializable(typeof(ReportAnswerJson))]
[JsonSerializable(typeof(IReadOnlyList<DeviceJson>))]
internal sealed partial class DiscoveryJson : JsonSerializerContext
{
    public static DiscoveryJson Plain { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
