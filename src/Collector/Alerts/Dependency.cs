namespace NocMonitor.Collector.Alerts;

/// <summary>
/// A rule whose alert suppresses another's when both have the same value of a tag, <c>host</c> unless said otherwise, or of several tags joined by a plus.
/// </summary>
internal readonly record struct Dependency(string Rule, string Tag)
{
    private const string DefaultTag = "host";

    /// <summary>Reads <c>host.down</c>, <c>agent.silent by agent</c> or <c>fs.space by host+path</c>.</summary>
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

    /// <summary>What must be alike, taken from the tags of a series or the labels of an alert; empty when one is missing, and then nothing is alike.</summary>
    public static string ValueOf(string tag, Func<string, string> find)
    {
        if (!tag.Contains('+', StringComparison.Ordinal))
        {
            return find(tag);
        }

        var values = tag.Split('+').Select(find).ToArray();
        return Array.TrueForAll(values, value => value.Length > 0) ? string.Join('\n', values) : "";
    }

    public override string ToString() => Tag == DefaultTag ? Rule : $"{Rule} by {Tag}";
}
