namespace NocMonitor.Collector.Hosting.Rehearsal;

/// <summary>What a feature would have asked before the doors open: paths with their queries, escaped, to be read with GET. Called once, when everything else has started.</summary>
internal sealed record RehearsedRequests(Func<IEnumerable<string>> Paths);
