using NocMonitor.Bench.LineProtocol;

namespace NocMonitor.Bench;

/// <summary>The one list of benchmarks. A new one is a file and a line here.</summary>
internal static class BenchCatalog
{
    public static IReadOnlyList<Bench> All { get; } =
    [
        Bench.Micro<LineReaderBench>("lineprotocol", "reading lines from memory: ns and bytes allocated a line"),
    ];

    public static Bench? Find(string name) => All.FirstOrDefault(bench => bench.Name == name);
}
