namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>What one walk may take: a device that never ends, or is endlessly slow, costs no more than this.</summary>
public sealed record WalkLimits
{
    public static WalkLimits Usual { get; } = new();

    /// <summary>Rows of each column.</summary>
    public int Rows { get; init; } = 50_000;

    /// <summary>Values of all columns together.</summary>
    public int Varbinds { get; init; } = 1_000_000;

    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(60);
}
