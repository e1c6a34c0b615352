namespace NocMonitor.Collector.Memory;

/// <summary>Something that keeps buffers for reuse and can let go of those that nobody uses now. Called on any thread, at any time.</summary>
internal sealed record IdleMemory(Action Release);
