namespace NocMonitor.TimeSeries;

/// <summary>
/// A condition on one tag. A series that lacks the tag is judged as if its value were empty, as InfluxQL does it. The predicate may be called from
/// the querying thread for every value of the tag and must not throw.
/// </summary>
public sealed class TagMatcher
{
    private TagMatcher(string tag, IReadOnlyCollection<string>? only, Func<string, bool> accepts, string? allBut = null)
    {
        Tag = tag;
        Only = only;
        AllBut = allBut;
        Accepts = accepts;
    }

    public string Tag { get; }

    /// <summary>The only values that match, each once, when they are known; else null.</summary>
    internal IReadOnlyCollection<string>? Only { get; }

    /// <summary>The only value that does not match, when there is only one; else null.</summary>
    internal string? AllBut { get; }

    internal Func<string, bool> Accepts { get; }

    public static TagMatcher Equal(string tag, string value) => new(tag, [value], other => string.Equals(other, value, StringComparison.Ordinal));

    public static TagMatcher OneOf(string tag, IEnumerable<string> values)
    {
        var only = values.ToHashSet(StringComparer.Ordinal);
        return new TagMatcher(tag, only, only.Contains);
    }

    public static TagMatcher NotEqual(string tag, string value) => new(tag, null, other => !string.Equals(other, value, StringComparison.Ordinal), value);

    public static TagMatcher Where(string tag, Func<string, bool> accepts) => new(tag, null, accepts);
}
