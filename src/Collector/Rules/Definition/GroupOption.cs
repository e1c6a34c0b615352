using System.Text.RegularExpressions;

namespace NocMonitor.Collector.Rules.Definition;

/// <summary>What a group rule looks at.</summary>
internal enum GroupFunction
{
    /// <summary>How many alerts of a rule fire.</summary>
    Count,

    /// <summary>The sum of a field's newest values.</summary>
    Sum,

    /// <summary>The mean of a field's newest values.</summary>
    Avg,

    /// <summary>The smallest of a field's newest values.</summary>
    Min,

    /// <summary>The largest of a field's newest values.</summary>
    Max,
}

/// <summary>
/// The subject of a group rule: <c>count(host.down) by site</c> counts firing alerts of a rule, <c>avg(cpu.usage_idle) by cluster</c> takes the newest
/// values of a field over its series; both for each value of the tags.
/// </summary>
internal sealed partial record GroupOption(GroupFunction Function, string Subject, IReadOnlyList<string> Tags)
{
    public const string Form = "such as 'count(host.down) by site' or 'avg(cpu.usage_idle) by cluster'";

    /// <summary>The fields that the conditions of a group rule can use.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["count", "total", "value"];

    /// <summary>The measurement of an aggregated field; the rule's name for a count.</summary>
    public string Measurement => Function == GroupFunction.Count ? Subject : Subject[..Subject.IndexOf('.', StringComparison.Ordinal)];

    public string Field => Subject[(Subject.IndexOf('.', StringComparison.Ordinal) + 1)..];

    public static bool TryParse(string text, out GroupOption? option)
    {
        option = null;
        var match = Pattern().Match(text);
        if (!match.Success || !Enum.TryParse<GroupFunction>(match.Groups["function"].Value, ignoreCase: true, out var function))
        {
            return false;
        }

        var subject = match.Groups["subject"].Value;
        if (function != GroupFunction.Count && subject.IndexOf('.', StringComparison.Ordinal) is <= 0 and not -1 or -1)
        {
            return false;
        }

        option = new GroupOption(function, subject, match.Groups["tags"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        return true;
    }

    [GeneratedRegex(@"^\s*(?<function>[a-zA-Z]+)\s*\(\s*(?<subject>[\w.\-]+)\s*\)\s+by\s+(?<tags>[\w.\-]+(\s*,\s*[\w.\-]+)*)\s*$")]
    private static partial Regex Pattern();
}
