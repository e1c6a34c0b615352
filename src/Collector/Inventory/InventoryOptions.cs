using NocMonitor.Configuration;

namespace NocMonitor.Collector.Inventory;

/// <summary>The section <c>Collector.Inventory</c>.</summary>
internal sealed record InventoryOptions
{
    /// <summary>How long a device that sent points may send none before it is proposed as gone.</summary>
    public required TimeSpan GoneAfter { get; init; }

    /// <summary>How long a neighbour that is not reported any more still counts as a link.</summary>
    public required TimeSpan LinkAge { get; init; }

    /// <summary>For an agent, the host that it is connected to.</summary>
    public required IReadOnlyDictionary<string, string> Roots { get; init; }

    public static InventoryOptions Read(OptionReader reader) => new()
    {
        GoneAfter = reader.Duration("GoneAfter", TimeSpan.FromDays(30), TimeSpan.FromHours(1), TimeSpan.FromDays(3650),
            "A device that sent points and sends none for so long is proposed as gone."),
        LinkAge = reader.Duration("LinkAge", TimeSpan.FromDays(1), TimeSpan.FromMinutes(1), TimeSpan.FromDays(365),
            "A neighbour (LLDP, CDP) that was last reported longer ago is no link any more."),
        Roots = reader.TextMap("Roots",
            "For an agent by name, the host it is connected to, such as { \"agent-1\": \"core-sw1\" }: where the way to each host begins. Not needed where a switch reports the agent's own machine as its neighbour."),
    };
}
