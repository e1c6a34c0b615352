namespace NocMonitor.Configuration;

/// <summary>One thing wrong in a configuration: the place, the key and the reason in words. The reason never quotes a secret.</summary>
public sealed record ConfigError(ConfigPlace Place, string Path, string Message)
{
    public override string ToString() => Path.Length == 0 ? $"{Place}: {Message}" : $"{Place}: {Path}: {Message}";
}
