namespace NocMonitor.Collector.Notify.Routing;

/// <summary>
/// What a label's value must look like: alternatives separated by <c>|</c>, with <c>*</c> for any text and <c>?</c> for one character; a leading
/// <c>!</c> turns the whole around. Upper and lower case differ. A label that is absent counts as empty.
/// </summary>
internal sealed class LabelPattern
{
    private readonly bool _negated;
    private readonly string[] _alternatives;

    public LabelPattern(string text)
    {
        _negated = text.StartsWith('!');
        _alternatives = (_negated ? text[1..] : text).Split('|');
    }

    public bool Matches(string value) => _alternatives.Any(pattern => MatchesGlob(pattern, value)) != _negated;

    /// <summary>Goes back to the last star only, so that no pattern takes more than length times length steps.</summary>
    private static bool MatchesGlob(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int p = 0, t = 0, star = -1, retry = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                retry = t;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == text[t]))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++retry;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }
}
