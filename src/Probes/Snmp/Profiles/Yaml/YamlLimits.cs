namespace NocMonitor.Probes.Snmp.Profiles.Yaml;

/// <summary>What one file may hold; a file beyond a limit is refused with the place where it passed it.</summary>
internal static class YamlLimits
{
    public const int Bytes = 2 << 20;
    public const int Depth = 64;
    public const int Nodes = 200_000;
    public const int Aliases = 1_000;
}
