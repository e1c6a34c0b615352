using NocMonitor.LineProtocol;
using NocMonitor.Probes.Snmp.Polling.Plans;
using NocMonitor.Probes.Snmp.Profiles;

namespace NocMonitor.Probes.Snmp.Polling;

/// <summary>Tags of a row.</summary>
internal static class RowTags
{
    /// <summary>Adds the tag; gives the name of the one that was set, or null when no alternative has a value.</summary>
    public static string? Add(RowReader reader, TagPlan plan, Point point)
    {
        foreach (var (tag, value) in plan.Alternatives)
        {
            if (!reader.TryRead(value, out var read) || read.ToString() is not { Length: > 0 } text)
            {
                continue;
            }

            if (tag.Match is null)
            {
                point.Tag(plan.Name, text);
                return plan.Name;
            }

            if (AddMatched(tag, text, point) is { } name)
            {
                return name;
            }
        }

        return null;
    }

    private static string? AddMatched(ProfileTag tag, string text, Point point)
    {
        if (PatternMatch.Find(tag.Match!, text) is not { } match)
        {
            return null;
        }

        string? first = null;
        foreach (var (name, made) in tag.Matched)
        {
            if (match.Result(made) is { Length: > 0 } result)
            {
                point.Tag(name, result);
                first ??= name;
            }
        }

        return first;
    }
}
