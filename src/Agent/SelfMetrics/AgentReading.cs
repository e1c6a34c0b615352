using NocMonitor.LineProtocol;

namespace NocMonitor.Agent.SelfMetrics;

/// <summary>One figure the agent gives about itself: a field of the heartbeat and a line of <c>/metrics</c>.</summary>
/// <param name="Field">The field's name in measurement <c>agent</c>.</param>
/// <param name="PrometheusName">The name at <c>/metrics</c>, with its unit.</param>
/// <param name="Help">What it counts.</param>
/// <param name="Value">An integer or a float.</param>
/// <param name="IsCounter">It only grows while the process lives.</param>
internal readonly record struct AgentReading(string Field, string PrometheusName, string Help, FieldValue Value, bool IsCounter);
