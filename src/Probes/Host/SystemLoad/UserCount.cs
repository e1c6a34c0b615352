namespace NocMonitor.Probes.Host.SystemLoad;

/// <summary>How many sessions are open and how many different users have them.</summary>
internal readonly record struct UserCount(long Sessions, long Names);
