namespace NocMonitor.Collector.Memory;

/// <summary>The managed heap at one moment, in bytes.</summary>
/// <param name="Allocated">All that the process has ever allocated.</param>
/// <param name="Held">Objects, those that nobody needs any more included until a collection has found them.</param>
internal readonly record struct HeapReading(long Allocated, long Held);
