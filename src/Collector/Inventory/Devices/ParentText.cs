using NocMonitor.Collector.Alerts;

namespace NocMonitor.Collector.Inventory.Devices;

/// <summary>A parent as people read and write it: <c>core-sw1</c>, or <c>core-sw2 via agent-2</c> where agents have different ways to a host.</summary>
internal static class ParentText
{
    /// <summary>The field of a proposal's change.</summary>
    public const string Field = "parents";

    private const string Via = " via ";

    public static string Of(HostDependency dependency) => dependency.Agent.Length == 0 ? dependency.Parent : dependency.Parent + Via + dependency.Agent;

    public static HostDependency Parse(string host, string text)
    {
        var at = text.LastIndexOf(Via, StringComparison.Ordinal);
        return at < 0 ? new HostDependency(host, "", text.Trim()) : new HostDependency(host, text[(at + Via.Length)..].Trim(), text[..at].Trim());
    }
}
