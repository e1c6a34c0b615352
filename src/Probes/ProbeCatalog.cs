namespace NocMonitor.Probes;

/// <summary>The one list of probe types. A new probe is a folder beside this file and a line here.</summary>
public static class ProbeCatalog
{
    public static IReadOnlyList<ProbeType> All { get; } =
    [
    ];

    public static ProbeType? Find(string name) =>
        All.FirstOrDefault(type => string.Equals(type.Name, name, StringComparison.OrdinalIgnoreCase));
}
