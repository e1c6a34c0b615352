using System.Text.Json.Serialization;
using NocMonitor.Collector.Hosting;

namespace NocMonitor.Collector.Query;

[JsonSerializable(typeof(AlertList))]
[JsonSerializable(typeof(AlertDetail))]
[JsonSerializable(typeof(AcknowledgeRequest))]
[JsonSerializable(typeof(HostList))]
[JsonSerializable(typeof(HostForgotten))]
[JsonSerializable(typeof(SeriesList))]
[JsonSerializable(typeof(TransitionView))]
[JsonSerializable(typeof(OutboxList))]
internal sealed partial class QueryJson : JsonSerializerContext
{
    public static QueryJson Plain { get; } = new(PlainJson.Options());
}
