using System.Text.RegularExpressions;
using NocMonitor.Configuration;

namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>One item of <c>metric_tags</c>. Immutable.</summary>
internal sealed record ProfileTag
{
    public required ConfigPlace Place { get; init; }

    public required string Name { get; init; }

    public required ProfileSymbol Source { get; init; }

    /// <summary>Makes several tags of one value, with <see cref="Matched"/>.</summary>
    public Regex? Match { get; init; }

    /// <summary>Names and what they take of the match.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Matched { get; init; } = [];

    /// <summary>True: a tag whatever it looks like. False: what looks like a state becomes a field.</summary>
    public bool IsIdentity { get; init; }

    /// <summary>True when the value is a state of the row and would make a new series at each change.</summary>
    public bool IsState =>
        !IsIdentity && (Source.Words is not null || Name.EndsWith("Status", StringComparison.OrdinalIgnoreCase) || Name.EndsWith("State", StringComparison.OrdinalIgnoreCase));
}
