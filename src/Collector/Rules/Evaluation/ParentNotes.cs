using NocMonitor.Collector.Alerts;
using NocMonitor.LineProtocol;

namespace NocMonitor.Collector.Rules.Evaluation;

/// <summary>Makes the notes by which the log knows where the parents of a page stand.</summary>
internal static class ParentNotes
{
    public static ParentNote Of(SeriesIdentity identity, int rule, AlertPhase phase, bool evaluated) =>
        Of(identity.Bound.Variants[rule].Rule, identity.Key, identity.Bound.ParentTags[rule], phase, evaluated);

    public static ParentNote Of(string rule, SeriesKey key, IEnumerable<string> tags, AlertPhase phase, bool evaluated) => new(
        new AlertKey(rule, key.ToString()),
        [.. tags.Select(tag => KeyValuePair.Create(tag, Dependency.ValueOfParent(tag, name => key.FindTag(name) ?? "")))],
        phase,
        evaluated);
}
