namespace NocMonitor.Collector.Security;

/// <summary>A token as stored: never the token itself.</summary>
internal sealed record TokenRecord(string Name, TokenScope Scope, byte[] Hash, DateTimeOffset CreatedAt);
