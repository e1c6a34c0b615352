namespace NocMonitor.Bench.Queries;

/// <summary>One question, as each language asks it: an InfluxQL statement, and the path and query of VictoriaMetrics.</summary>
internal sealed record Question(string Name, string InfluxQl, string VictoriaPath);
