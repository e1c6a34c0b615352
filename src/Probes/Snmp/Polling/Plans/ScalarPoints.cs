namespace NocMonitor.Probes.Snmp.Polling.Plans;

/// <summary>Scalars of a profile come one entry each; those with the same measurement and the same constant tags become one point.</summary>
internal static class ScalarPoints
{
    public static IReadOnlyList<EntryPlan> Joined(IReadOnlyList<EntryPlan> entries)
    {
        var joined = new List<EntryPlan>();
        foreach (var entry in entries)
        {
            var at = joined.FindIndex(other => CanJoin(other, entry));
            if (at < 0)
            {
                joined.Add(entry);
                continue;
            }

            // The same field of two entries, as when a profile says anew what it inherits: the later one is meant.
            var kept = joined[at].Fields.Where(field => !entry.Fields.Any(later => later.Name == field.Name)).ToList();
            joined[at] = joined[at] with
            {
                Fields = [.. kept.Select(field => Shifted(field, joined[at].Fields, kept)), .. entry.Fields.Select(field => field with { Unless = [.. field.Unless.Select(other => other + kept.Count)] })],
                PollTime = joined[at].PollTime < entry.PollTime ? joined[at].PollTime : entry.PollTime,
                OidField = -1,
            };
            joined[at] = joined[at] with { OidField = OidFields.Find(entry.Measurement, joined[at].Fields) };
        }

        return joined;
    }

    private static FieldPlan Shifted(FieldPlan field, IReadOnlyList<FieldPlan> before, List<FieldPlan> kept) =>
        field with { Unless = [.. field.Unless.Where(other => other >= 0).Select(other => kept.IndexOf(before[other])).Where(other => other >= 0)] };

    private static bool CanJoin(EntryPlan one, EntryPlan other) =>
        one.IsScalar && other.IsScalar && one.Measurement == other.Measurement
        && one.Tags.Count + other.Tags.Count + one.Where.Count + other.Where.Count == 0
        && one.When.SequenceEqual(other.When) && one.Unless.SequenceEqual(other.Unless)
        && one.IsCapacity == other.IsCapacity && one.WithUptime == other.WithUptime
        && one.StaticTags.OrderBy(tag => tag.Key, StringComparer.Ordinal).SequenceEqual(other.StaticTags.OrderBy(tag => tag.Key, StringComparer.Ordinal));
}
