using NocMonitor.Collector.Alerts;

namespace NocMonitor.Collector.Rules.Evaluation;

/// <summary>Makes the notes by which the log knows where the parents of a page stand.</summary>
internal static class ParentNotes
{
    public static ParentNote Of(SeriesIdentity identity, int rule, AlertPhase phase, bool evaluated) => new(
        new AlertKey(identity.Bound.Variants[rule].Rule, identity.Key.ToString()),
        [.. identity.Bound.ParentTags[rule].Select(tag => KeyValuePair.Create(tag, identity.Key.FindTag(tag) ?? ""))],
        phase,
        evaluated);
}
