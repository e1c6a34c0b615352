using System.Runtime.InteropServices;
using NocMonitor.Collector.Rules.Definition;
using NocMonitor.LineProtocol;

namespace NocMonitor.Collector.Rules.Evaluation;

/// <summary>For each group of each counting group rule: how many series its subject watches, and how many of their alerts fire. Made by one shard, handed over with its work.</summary>
internal sealed class GroupCounts
{
    private readonly Dictionary<(Rule Rule, SeriesKey Group), (int Total, int Firing)> _counts = [];

    public IEnumerable<KeyValuePair<(Rule Rule, SeriesKey Group), (int Total, int Firing)>> All => _counts;

    public void Add(Rule rule, SeriesKey series)
    {
        if (KeyOf(rule, series) is { } group)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, (rule, group), out _).Total++;
        }
    }

    public void Remove(Rule rule, SeriesKey series)
    {
        if (KeyOf(rule, series) is { } group)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, (rule, group), out _).Total--;
        }
    }

    public void AddFiring(Rule rule, SeriesKey series)
    {
        if (KeyOf(rule, series) is { } group)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, (rule, group), out _).Firing++;
        }
    }

    public GroupCounts WithoutFiring()
    {
        var copy = new GroupCounts();
        foreach (var (key, count) in _counts)
        {
            copy._counts.Add(key, (count.Total, 0));
        }

        return copy;
    }

    /// <summary>The name of the group that a series belongs to, under the rule's name; null when the series lacks one of the tags or is none of the rule's.</summary>
    public static SeriesKey? KeyOf(Rule rule, SeriesKey series)
    {
        var tags = new List<KeyValuePair<string, string>>();
        foreach (var tag in rule.Group!.Tags)
        {
            if (series.FindTag(tag) is not { } value)
            {
                return null;
            }

            tags.Add(new(tag, value));
        }

        return rule.For(series) is null ? null : new SeriesKey(rule.Name, tags);
    }
}
