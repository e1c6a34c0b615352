using System.Text.RegularExpressions;

namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>Patterns of profiles over texts of devices: one that takes too long on a text does not match it.</summary>
internal static class PatternMatch
{
    /// <summary>Longer texts of a device are cut before a pattern sees them.</summary>
    private const int LongestText = 4096;

    public static bool IsMatch(Regex pattern, string text) => Find(pattern, text) is not null;

    public static Match? Find(Regex pattern, string text)
    {
        try
        {
            return pattern.Match(text.Length > LongestText ? text[..LongestText] : text) is { Success: true } match ? match : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }
}
