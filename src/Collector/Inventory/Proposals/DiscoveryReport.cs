namespace NocMonitor.Collector.Inventory.Proposals;

/// <summary>
/// What an agent found, or a part of it: <c>POST /api/v1/inventory/discoveries</c>. A run sends as many parts as it needs under one id; the last one says that the run is complete and names what
/// it looked at, and only then what was not found counts as absent.
/// </summary>
/// <param name="Id">The run, made by the agent; 1 to 64 letters, digits and dashes.</param>
/// <param name="Ranges">Addresses that were asked, as <c>first-last</c>; needed when complete.</param>
/// <param name="Excluded">Addresses within them that were not.</param>
internal sealed record DiscoveryReport(
    string? Id, string? Agent, bool Complete, IReadOnlyList<string>? Ranges, IReadOnlyList<string>? Excluded, IReadOnlyList<DiscoveredDevice>? Devices)
{
    public const int MostDevices = 1000;
    public const int MostRanges = 10_000;
}

/// <summary>A device that answered.</summary>
/// <param name="Facts">Fields of the inventory by name; lists with semicolons. Names that are not known are left out.</param>
internal sealed record DiscoveredDevice(string? Address, IReadOnlyDictionary<string, string>? Facts);

/// <summary>What became of a report: how its devices stand to the inventory as it is accepted.</summary>
/// <param name="Absent">Devices of the inventory that a complete run looked for and did not find.</param>
internal sealed record DiscoveryAnswer(int New, int Changed, int Unchanged, int Absent);
