namespace NocMonitor.TimeSeries;

/// <summary>
/// A condition on one tag. A series that lacks the tag is judged as if its value were empty, as InfluxQL does it. The predicate may be called from
/// the querying thread for every value of the tag and must not throw.
/// </summary>
public sealed class TagMatcher
{
    private TagMatcher(string tag, string? exactly, Func<string, bool> accepts)
    {
        Tag = tag;
        Exactly = exactly;
        Accepts = accepts;
    }

    public string Tag { get; }

    /// <summary>The only value that matches, when there is only one; else null.</summary>
    internal string? Exactly { get; }

    internal Func<string, bool> Accepts { get; }

    public static TagMatcher Equal(string tag, string value) => new(tag, value, other => string.Equals(other, value, StringComparison.Ordinal));

    public static TagMatcher NotEqual(string tag, string value) => new(tag, null, other => !string.Equals(other, value, StringComparison.Ordinal));

    public static TagMatcher Where(string tag, Func<string, bool> accepts) => new(tag, null, accepts);
}
