using NocMonitor.LineProtocol;

namespace NocMonitor.Collector.Rules.Definition;

/// <summary>Which series a rule, or an override of it, is for: all patterns must match their tags.</summary>
internal sealed class SeriesMatcher(IReadOnlyDictionary<string, string> where)
{
    private readonly (string Tag, TagPattern Pattern)[] _patterns = [.. where.Select(pair => (pair.Key, new TagPattern(pair.Value)))];

    public bool Matches(SeriesKey key) => Array.TrueForAll(_patterns, pair => pair.Pattern.Matches(key.FindTag(pair.Tag) ?? ""));
}
