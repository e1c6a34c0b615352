namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>How files and profiles are called.</summary>
internal static class ProfileNames
{
    private static readonly string[] Endings = [".yaml", ".yml"];

    public static bool IsProfile(string file) => Array.Exists(Endings, ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>The profile's name of a file or of what <c>extends</c> says: the last part of the path without the ending.</summary>
    public static string Of(string file)
    {
        var name = file[(file.LastIndexOfAny(['/', '\\']) + 1)..];
        var ending = Array.Find(Endings, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
        return ending is null ? name : name[..^ending.Length];
    }
}
