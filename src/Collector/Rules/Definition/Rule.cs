using NocMonitor.Configuration;
using NocMonitor.LineProtocol;

namespace NocMonitor.Collector.Rules.Definition;

/// <summary>One compiled rule. Immutable; its name with its measurement is its identity, which state survives a reload by.</summary>
/// <param name="Options">As written, after the configuration's override.</param>
/// <param name="Group">What a group rule looks at; null for others.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record Rule(
    RuleOptions Options, GroupOption? Group, RuleVariant Common, IReadOnlyList<(SeriesMatcher Where, RuleVariant Variant)> Overrides, ConfigPlace Place)
{
    private readonly SeriesMatcher _where = new(Options.Where);

    public string Name => Options.Name;

    /// <summary>All forms in which it can apply.</summary>
    public IEnumerable<RuleVariant> Variants => Overrides.Select(one => one.Variant).Prepend(Common);

    /// <summary>The form that applies to a series; null when the rule is not for it.</summary>
    public RuleVariant? For(SeriesKey key)
    {
        if (!_where.Matches(key))
        {
            return null;
        }

        foreach (var (where, variant) in Overrides)
        {
            if (where.Matches(key))
            {
                return variant.Enabled ? variant : null;
            }
        }

        return Common.Enabled ? Common : null;
    }
}
