namespace NocMonitor.Collector.Alerts;

/// <summary>A rule whose alert suppresses another's when both have the same value of a tag, <c>host</c> unless said otherwise.</summary>
internal readonly record struct Dependency(string Rule, string Tag)
{
    private const string DefaultTag = "host";

    /// <summary>Reads <c>host.down</c> or <c>agent.silent by agent</c>.</summary>
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

    public override string ToString() => Tag == DefaultTag ? Rule : $"{Rule} by {Tag}";
}
