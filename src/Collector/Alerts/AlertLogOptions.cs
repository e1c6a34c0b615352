namespace NocMonitor.Collector.Alerts;

/// <param name="ParentWait">How long a page waits at most for a parent that is pending, not evaluated since the start, or has just recovered.</param>
internal sealed record AlertLogOptions(TimeSpan ParentWait);
