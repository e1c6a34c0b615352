namespace NocMonitor.Agent;

/// <summary>The version of this program, as <c>--version</c> and the heartbeat say it.</summary>
internal static class AgentVersion
{
    public static string Text { get; } = typeof(AgentVersion).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
}
