namespace NocMonitor.Collector.Alerts;

/// <summary>A transition that is on disk, with the ids of its alert and of itself.</summary>
internal sealed record RecordedTransition(long Alert, long Id, AlertTransition Transition);
