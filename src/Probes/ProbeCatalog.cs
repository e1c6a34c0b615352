using NocMonitor.Probes.Tcp;

namespace NocMonitor.Probes;

/// <summary>The one list of probe types. A new probe is a folder beside this file and a line here.</summary>
public static class ProbeCatalog
{
    public static IReadOnlyList<ProbeType> All { get; } =
    [
        ProbeType.Of("tcp", "Connects to TCP ports; can send a text and await another.", TcpOptions.Read, TcpProbe.Create),
    ];

    public static ProbeType? Find(string name) =>
        All.FirstOrDefault(type => string.Equals(type.Name, name, StringComparison.OrdinalIgnoreCase));
}
