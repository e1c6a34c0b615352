using System.Globalization;
using NocMonitor.Probes.Matching;

namespace NocMonitor.Probes.Snmp.Profiles;

/// <summary>One line of <c>where</c>: the symbol must have one of the values, and none of those written with <c>!</c>. Immutable.</summary>
internal sealed class RowCondition
{
    private static readonly string[] Comparisons = ["<=", ">=", "<", ">"];

    private readonly List<NamePattern> _wanted = [];
    private readonly List<NamePattern> _unwanted = [];
    private readonly List<(string Comparison, double Limit)> _limits = [];

    private RowCondition(string symbol, ProfileSymbol? cell)
    {
        Symbol = symbol;
        Cell = cell;
    }

    /// <summary>The name of the symbol, column or tag that is looked at, unless there is a cell.</summary>
    public string Symbol { get; }

    /// <summary>The cell that is looked at; null when a name says it.</summary>
    public ProfileSymbol? Cell { get; }

    /// <summary>A cell must have one of these values, and none of those.</summary>
    public static RowCondition Of(ProfileSymbol cell, IEnumerable<string> wanted, IEnumerable<string> unwanted)
    {
        var condition = new RowCondition(cell.Name, cell);
        condition._wanted.AddRange(wanted.Select(value => new NamePattern(value)));
        condition._unwanted.AddRange(unwanted.Select(value => new NamePattern(value)));
        return condition;
    }

    /// <summary>The named symbol has exactly this value.</summary>
    public static RowCondition Of(string symbol, string value)
    {
        var condition = new RowCondition(symbol, null);
        condition._wanted.Add(new NamePattern(value));
        return condition;
    }

    public static RowCondition? TryParse(string symbol, IReadOnlyList<string> values, out string error)
    {
        error = "";
        var condition = new RowCondition(symbol, null);
        foreach (var value in values)
        {
            if (Comparisons.FirstOrDefault(known => value.StartsWith(known, StringComparison.Ordinal)) is { } comparison)
            {
                if (!double.TryParse(value.AsSpan(comparison.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out var limit))
                {
                    error = $"'{value}' does not compare with a number";
                    return null;
                }

                condition._limits.Add((comparison, limit));
            }
            else if (value.StartsWith('!'))
            {
                condition._unwanted.Add(new NamePattern(value[1..]));
            }
            else
            {
                condition._wanted.Add(new NamePattern(value));
            }
        }

        return condition;
    }

    /// <param name="text">The value as text; null when there is none.</param>
    /// <param name="word">Its word, if it has words.</param>
    /// <param name="number">The value as a number; NaN when it is none.</param>
    public bool Holds(string? text, string? word, double number)
    {
        if (_unwanted.Exists(pattern => Matches(pattern, text, word)) || !_limits.TrueForAll(limit => Holds(limit, number)))
        {
            return false;
        }

        return _wanted.Count == 0 || _wanted.Exists(pattern => Matches(pattern, text, word));
    }

    private static bool Matches(NamePattern pattern, string? text, string? word) =>
        pattern.Matches(text ?? "") || (word is not null && pattern.Matches(word));

    private static bool Holds((string Comparison, double Limit) limit, double number) => limit.Comparison switch
    {
        "<=" => number <= limit.Limit,
        ">=" => number >= limit.Limit,
        "<" => number < limit.Limit,
        _ => number > limit.Limit,
    };
}
