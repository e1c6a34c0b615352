using System.Text.Json.Serialization;
using NocMonitor.Collector.Hosting;

namespace NocMonitor.Collector.Ingest;

internal sealed record PingAnswer(string Version);

internal sealed record HealthAnswer(string Name, string Message, string Status, string Version, string Commit, IReadOnlyList<string> Checks);

internal sealed record ReadyAnswer(string Status, DateTimeOffset Started, string Up, string? Message);

/// <summary>The error body of InfluxDB 1.</summary>
internal sealed record V1Error(string Error);

/// <summary>The error body of InfluxDB 2.</summary>
/// <param name="Line">The first bad line of the body, from 1.</param>
internal sealed record V2Error(string Code, string Message, string? Op, long? Line);

[JsonSerializable(typeof(PingAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(ReadyAnswer))]
[JsonSerializable(typeof(V1Error))]
[JsonSerializable(typeof(V2Error))]
internal sealed partial class IngestJson : JsonSerializerContext
{
    public static IngestJson Plain { get; } = new(PlainJson.Options());
}
