namespace NocMonitor.Collector.Alerts;

/// <summary>What an alert is of: a rule, and the series it judges as canonical key without the tags that carry state. One alert is open per key.</summary>
internal readonly record struct AlertKey(string Rule, string Series);
