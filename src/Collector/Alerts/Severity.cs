namespace NocMonitor.Collector.Alerts;

/// <summary>How bad an alert is; <see cref="None"/> where there is none.</summary>
internal enum Severity : byte
{
    None,
    Warning,
    Critical,
}
