namespace NocMonitor.Collector.Alerts;

/// <summary>
/// A rule whose alert suppresses another's when both have the same value of a tag, <c>host</c> unless said otherwise, or of several tags joined by a plus. Where the two call the same thing by
/// different tags, the parent's comes first: <c>interface=ifName</c>.
/// </summary>
internal readonly record struct Dependency(string Rule, string Tag)
{
    private const string DefaultTag = "host";

    /// <summary>Reads <c>host.down</c>, <c>agent.silent by agent</c>, <c>fs.space by host+path</c> or <c>if.down by host+interface=ifName</c>.</summary>
    public static bool TryParse(string text, out Dependency dependency)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        dependency = words switch
        {
            [var rule] => new Dependency(rule, DefaultTag),
            [var rule, "by", var tag] => new Dependency(rule, tag),
            _ => default,
        };
        return dependency != default;
    }

    /// <summary>What must be alike, taken from the tags of a parent's series; empty when one is missing, and then nothing is alike.</summary>
    public static string ValueOfParent(string tag, Func<string, string> find) => ValueOf(tag, find, static part => part.Split('=')[0]);

    /// <summary>The same, taken from the tags of the series that depends, or the labels of its alert.</summary>
    public static string ValueOfChild(string tag, Func<string, string> find) => ValueOf(tag, find, static part => part.Split('=')[^1]);

    public override string ToString() => Tag == DefaultTag ? Rule : $"{Rule} by {Tag}";

    private static string ValueOf(string tag, Func<string, string> find, Func<string, string> side)
    {
        if (!tag.Contains('+', StringComparison.Ordinal))
        {
            return find(side(tag));
        }

        var values = tag.Split('+').Select(part => find(side(part))).ToArray();
        return Array.TrueForAll(values, value => value.Length > 0) ? string.Join('\n', values) : "";
    }
}
