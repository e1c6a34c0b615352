namespace NocMonitor.Collector.Alerts;

/// <param name="ParentWait">How long a page waits at most for a parent that is pending, not evaluated since the start, or has just recovered, or for the end of what is old.</param>
/// <param name="KeepResolved">How long resolved alerts are kept with their timelines.</param>
internal sealed record AlertLogOptions(TimeSpan ParentWait, TimeSpan KeepResolved);
