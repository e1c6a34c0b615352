namespace NocMonitor.Collector.Rules.Definition;

/// <summary>
/// A pattern for a tag's value: globs with <c>*</c> and <c>?</c>, alternatives with <c>|</c>, and a <c>!</c> in front that turns the whole around.
/// Upper and lower case are alike, because host names are. A series without the tag has the empty value.
/// </summary>
internal sealed class TagPattern
{
    private readonly string[] _globs;
    private readonly bool _negated;

    public TagPattern(string pattern)
    {
        _negated = pattern.StartsWith('!');
        _globs = (_negated ? pattern[1..] : pattern).Split('|', StringSplitOptions.TrimEntries);
    }

    public bool Matches(string value) => Array.Exists(_globs, glob => Matches(glob, value)) != _negated;

    /// <summary>Greedy matching that goes back to the last star only: linear in practice, quadratic at worst.</summary>
    private static bool Matches(ReadOnlySpan<char> glob, ReadOnlySpan<char> value)
    {
        int g = 0, v = 0, star = -1, retry = 0;
        while (v < value.Length)
        {
            if (g < glob.Length && glob[g] == '*')
            {
                (star, retry) = (g++, v);
            }
            else if (g < glob.Length && (glob[g] == '?' || char.ToUpperInvariant(glob[g]) == char.ToUpperInvariant(value[v])))
            {
                g++;
                v++;
            }
            else if (star >= 0)
            {
                (g, v) = (star + 1, ++retry);
            }
            else
            {
                return false;
            }
        }

        return glob[g..].TrimStart('*').IsEmpty;
    }
}
