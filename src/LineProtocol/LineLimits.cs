namespace NocMonitor.LineProtocol;

/// <summary>What one line may cost its receiver. A line beyond a limit is a bad line; the ones around it are read as usual.</summary>
public sealed record LineLimits
{
    public static LineLimits Default { get; } = new();

    /// <summary>Bytes of one line without its line feed, line feeds inside strings included.</summary>
    public int MaxLineBytes { get; init; } = 1024 * 1024;

    /// <summary>Tags of one line.</summary>
    public int MaxTags { get; init; } = 256;

    /// <summary>Fields of one line, doubles counted once.</summary>
    public int MaxFields { get; init; } = 2048;
}
