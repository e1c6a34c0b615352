namespace NocMonitor.Collector.Security;

/// <summary>
/// Marks a connection that this process made to itself, in its memory. What comes over a network cannot carry it: features of a connection are set by who made it, never by what was sent.
/// </summary>
internal sealed record OwnRequest
{
    public static readonly OwnRequest Mark = new();
}
