namespace NocMonitor.Probes.Matching;

/// <summary>
/// A pattern over one name: <c>*</c> any run of characters, <c>?</c> one character, <c>[a-z]</c> one of a set, <c>[!a-z]</c> one outside it. A bracket
/// that never closes stands for itself. Matching takes at most pattern times name steps; there is no pattern that makes it hang.
/// </summary>
public sealed class NamePattern(string text, bool ignoreCase = false)
{
    /// <summary>The pattern as written.</summary>
    public string Text { get; } = text;

    public static bool HasWildcards(ReadOnlySpan<char> text) => text.IndexOfAny('*', '?', '[') >= 0;

    public bool Matches(ReadOnlySpan<char> name)
    {
        ReadOnlySpan<char> pattern = Text;
        int p = 0, n = 0, star = -1, retry = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = ++p;
                retry = n;
            }
            else if (p < pattern.Length && MatchesOne(pattern[p..], name[n], out var used))
            {
                p += used;
                n++;
            }
            else if (star >= 0)
            {
                // Only the last star is ever tried again: an earlier one taking more could not help a later one that may take anything.
                p = star;
                n = ++retry;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }

    public override string ToString() => Text;

    private bool MatchesOne(ReadOnlySpan<char> pattern, char c, out int used)
    {
        used = 1;
        switch (pattern[0])
        {
            case '?':
                return true;
            case '[' when pattern.Length > 2 && pattern[2..].IndexOf(']') is var close and >= 0:
                var negated = pattern[1] == '!';
                if (negated && close == 0)
                {
                    // In [!] the bracket is the first member of the set, as in a shell; it closes at the next one.
                    close = pattern[3..].IndexOf(']') + 1;
                    if (close == 0)
                    {
                        break;
                    }
                }

                used = close + 3;
                return InSet(pattern[(negated ? 2 : 1)..(close + 2)], c) != negated;
        }

        return Same(pattern[0], c);
    }

    private bool InSet(ReadOnlySpan<char> set, char c)
    {
        for (var i = 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                if (InRange(set[i], set[i + 2], c))
                {
                    return true;
                }

                i += 2;
            }
            else if (Same(set[i], c))
            {
                return true;
            }
        }

        return false;
    }

    private bool InRange(char low, char high, char c) =>
        (c >= low && c <= high)
        || (ignoreCase && ((char.ToLowerInvariant(c) >= low && char.ToLowerInvariant(c) <= high)
            || (char.ToUpperInvariant(c) >= low && char.ToUpperInvariant(c) <= high)));

    private bool Same(char left, char right) =>
        left == right || (ignoreCase && char.ToUpperInvariant(left) == char.ToUpperInvariant(right));
}
