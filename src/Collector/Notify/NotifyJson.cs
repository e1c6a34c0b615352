using System.Text.Json.Serialization;

namespace NocMonitor.Collector.Notify;

[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class NotifyJson : JsonSerializerContext;
