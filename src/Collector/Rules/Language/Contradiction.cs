using Alternative = System.Collections.Generic.IReadOnlyDictionary<string, NocMonitor.Collector.Rules.Language.Interval>;

namespace NocMonitor.Collector.Rules.Language;

/// <summary>
/// Finds a sample that would raise and clear an alert at once, where that can be decided: both conditions are made of comparisons of the same
/// parts with numbers, joined by and and or. Parts that only one side names may depend on each other, so nothing is said about them.
/// </summary>
internal static class Contradiction
{
    private const int MostAlternatives = 64;

    /// <summary>An example such as <c>used_percent = 87</c> that makes both true; null when there is none or it cannot be decided.</summary>
    public static string? Find(Syntax raise, Syntax clear)
    {
        if (Alternatives(raise) is not { } raising || Alternatives(clear) is not { } clearing)
        {
            return null;
        }

        foreach (var high in raising)
        {
            foreach (var low in clearing)
            {
                if (low.Keys.All(high.ContainsKey) && Common(high, low) is { } example)
                {
                    return example;
                }
            }
        }

        return null;
    }

    private static string? Common(Alternative raise, Alternative clear)
    {
        var examples = new List<string>();
        foreach (var (part, interval) in raise)
        {
            var both = clear.TryGetValue(part, out var other) ? interval.Intersect(other) : interval;
            if (both.IsEmpty)
            {
                return null;
            }

            examples.Add($"{part.Replace("`", "", StringComparison.Ordinal)} = {both.Example()}");
        }

        return string.Join(", ", examples);
    }

    /// <summary>The ways in which a condition can hold, each as an interval for every part it compares; null when it has a form this cannot see through.</summary>
    private static List<Alternative>? Alternatives(Syntax syntax)
    {
        switch (syntax)
        {
            case BinarySyntax { Operator: TokenKind.Or } either:
                return Alternatives(either.Left) is { } left && Alternatives(either.Right) is { } right ? Limited([.. left, .. right]) : null;
            case BinarySyntax { Operator: TokenKind.And } both:
                return Alternatives(both.Left) is { } first && Alternatives(both.Right) is { } second
                    ? Limited([.. first.SelectMany(_ => second, Merge).Where(merged => merged.Values.All(interval => !interval.IsEmpty))]) : null;
            case BinarySyntax { IsComparison: true, Operator: not TokenKind.NotEqual } comparison:
                return Single(comparison);
            default:
                return null;
        }
    }

    private static List<Alternative>? Single(BinarySyntax comparison)
    {
        if (Constant(comparison.Right) is { } limit && Constant(comparison.Left) is null && comparison.Left is not TextSyntax)
        {
            return [One(comparison.Left, Interval.Where(comparison.Operator, limit))];
        }

        return Constant(comparison.Left) is { } mirrored && Constant(comparison.Right) is null && comparison.Right is not TextSyntax
            ? [One(comparison.Right, Interval.Where(Mirror(comparison.Operator), mirrored))]
            : null;
    }

    private static Dictionary<string, Interval> One(Syntax part, Interval interval) =>
        new(StringComparer.Ordinal) { [part.ToString()] = interval };

    private static Alternative Merge(Alternative left, Alternative right)
    {
        var merged = new Dictionary<string, Interval>(left, StringComparer.Ordinal);
        foreach (var (part, interval) in right)
        {
            merged[part] = merged.TryGetValue(part, out var other) ? other.Intersect(interval) : interval;
        }

        return merged;
    }

    private static List<Alternative>? Limited(List<Alternative> alternatives) => alternatives.Count <= MostAlternatives ? alternatives : null;

    private static double? Constant(Syntax syntax) => syntax switch
    {
        NumberSyntax number => number.Value,
        BooleanSyntax flag => flag.Value ? Node.True : Node.False,
        UnarySyntax { Operator: TokenKind.Minus } negative => -Constant(negative.Operand),
        BinarySyntax { Operator: TokenKind.Times } product => Constant(product.Left) * Constant(product.Right),
        _ => null,
    };

    private static TokenKind Mirror(TokenKind comparison) => comparison switch
    {
        TokenKind.Less => TokenKind.Greater,
        TokenKind.LessOrEqual => TokenKind.GreaterOrEqual,
        TokenKind.Greater => TokenKind.Less,
        TokenKind.GreaterOrEqual => TokenKind.LessOrEqual,
        _ => comparison,
    };
}
