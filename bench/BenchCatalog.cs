using NocMonitor.Bench.Agent;
using NocMonitor.Bench.Collector;
using NocMonitor.Bench.LineProtocol;
using NocMonitor.Bench.Probes;
using NocMonitor.Bench.Queries;
using NocMonitor.Bench.Rules;
using NocMonitor.Bench.Snmp;
using NocMonitor.Bench.TimeSeries;

namespace NocMonitor.Bench;

/// <summary>The one list of benchmarks. A new one is a file and a line here.</summary>
internal static class BenchCatalog
{
    public static IReadOnlyList<Bench> All { get; } =
    [
        Bench.Micro<LineReaderBench>("lineprotocol", "reading lines from memory: ns and bytes allocated a line"),
        Bench.Micro<SnmpCodecBench>("snmp-codec", "one SNMP GetBulk of 20 counters, request and answer: ns and bytes allocated"),
        new("http", "what one http check costs: CPU and bytes allocated", HttpCheckBench.RunAsync),
        new("ping", "what one ping costs, beside fping: CPU a probe", PingBench.RunAsync),
        new("snmp", "polling 1,000 switches, beside net-snmp: CPU a walk, seconds a round, memory", SnmpBench.RunAsync),
        new("snmp-agent", "the published agent polling 1,000 switches: memory and CPU", PollingAgentBench.RunAsync),
        new("snmp-trap", "SNMP traps from the socket to lines: loss and CPU at 5,000 to 40,000 a second", TrapBench.RunAsync),
        new("store", "the time-series store: CPU a value, bytes a value, memory a series", StoreBench.RunAsync),
        new("rules", "rule evaluation with 1, 20 and 200 rules bound: samples/s, CPU a value", RuleBench.RunAsync),
        new("ingest", "HTTP ingest with rules, beside VictoriaMetrics: CPU a value, latency", IngestBench.RunAsync),
        new("ingest-small", "HTTP ingest in gzip and in small bodies, with a token and rules, beside VictoriaMetrics: CPU a value, latency", SmallBodiesBench.RunAsync),
        new("remote-write", "Prometheus remote write with rules, beside VictoriaMetrics: CPU a value, latency", RemoteWriteBench.RunAsync),
        new("query", "InfluxQL over HTTP, beside VictoriaMetrics and InfluxDB: latency, CPU, memory", QueryBench.RunAsync),
        new("derivation", "rates derived before the commit: CPU a point", DerivationBench.RunAsync),
        new("memory", "the collector's resident memory at 100,000 idle series", IdleMemoryBench.RunAsync),
        new("latency", "sample to webhook: p50, p99", AlertLatencyBench.RunAsync),
        new("agent", "the published agent: memory and CPU a minute", AgentFootprintBench.RunAsync),
    ];

    public static Bench? Find(string name) => All.FirstOrDefault(bench => bench.Name == name);
}
