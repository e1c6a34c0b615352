using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>
/// The part of a condition that a series decides by its tags. What stands between ANDs and compares one tag is left to the index; the rest is settled series by series, and
/// what speaks of fields remains for the rows. Immutable.
/// </summary>
internal sealed class TagCondition
{
    private readonly Expr? _rest;
    private readonly bool _restHasTags;

    private TagCondition(IReadOnlyList<TagMatcher> matchers, Expr? rest)
    {
        (Matchers, _rest) = (matchers, rest);
        _restHasTags = rest is not null && HasTags(rest);
    }

    public IReadOnlyList<TagMatcher> Matchers { get; }

    /// <summary>The matchers say all: what they accept holds.</summary>
    public bool IsSettled => _rest is null;

    public bool NeverHolds => _rest is BooleanLiteral { Value: false };

    public static TagCondition Of(Expr? condition)
    {
        var matchers = new List<TagMatcher>();
        return new TagCondition(matchers, condition is null ? null : Take(condition, matchers));
    }

    /// <summary>What is left for the rows of a series: nothing, a literal, or a condition on its fields.</summary>
    public Expr? For(QueryInput input)
    {
        if (input is not StoredInput && Matchers.Count > 0)
        {
            // Rows of an inner select have no index; their matchers are asked one by one.
            foreach (var matcher in Matchers)
            {
                if (!matcher.Accepts(input.FindTag(matcher.Tag)))
                {
                    return new BooleanLiteral(false);
                }
            }
        }

        return _restHasTags ? Reduce(_rest!, input) : _rest;
    }

    /// <summary>Takes the matchers out of a conjunction; gives what is left, null when nothing is.</summary>
    private static Expr? Take(Expr expr, List<TagMatcher> matchers)
    {
        switch (expr)
        {
            case Paren paren:
                return Take(paren.Inner, matchers);
            case Binary { Operator: TokenKind.And } both:
                var (left, right) = (Take(both.Left, matchers), Take(both.Right, matchers));
                return left is null ? right : right is null ? left : both with { Left = left, Right = right };
            case Binary { Left: Literal, Right: Literal } settled:
                return Settle(settled).Value ? null : new BooleanLiteral(false);
            case Binary { Operator: TokenKind.Or } either when Alternatives(either) is { } matcher:
                matchers.Add(matcher);
                return null;
            case Binary binary when Matcher(binary) is { } matcher:
                matchers.Add(matcher);
                return null;
            default:
                return expr;
        }
    }

    /// <summary>A disjunction of which each part compares the same tag, as those write it who pick hosts from a list; null when it is another.</summary>
    private static TagMatcher? Alternatives(Binary either)
    {
        var all = new List<TagMatcher>();
        if (!TakeAlternatives(either, all) || all.Exists(each => each.Tag != all[0].Tag))
        {
            return null;
        }

        return all.TrueForAll(each => each.Only is not null)
            ? TagMatcher.OneOf(all[0].Tag, all.SelectMany(each => each.Only!))
            : TagMatcher.Where(all[0].Tag, value => all.Exists(each => each.Accepts(value)));
    }

    private static bool TakeAlternatives(Expr expr, List<TagMatcher> all)
    {
        switch (expr)
        {
            case Paren paren:
                return TakeAlternatives(paren.Inner, all);
            case Binary { Operator: TokenKind.Or } either:
                return TakeAlternatives(either.Left, all) && TakeAlternatives(either.Right, all);
            case Binary binary when Matcher(binary) is { } matcher:
                all.Add(matcher);
                return true;
            default:
                return false;
        }
    }

    /// <summary>A name that is neither field nor tag counts for a tag that no series has, when it is compared with a text.</summary>
    private static TagMatcher? Matcher(Binary binary) => (binary.Left, binary.Operator, binary.Right) switch
    {
        (Reference tag, TokenKind.Equal, TextLiteral text) when IsTag(tag) => TagMatcher.Equal(tag.Name, text.Value),
        (TextLiteral text, TokenKind.Equal, Reference tag) when IsTag(tag) => TagMatcher.Equal(tag.Name, text.Value),
        (Reference tag, TokenKind.NotEqual, TextLiteral text) when IsTag(tag) => TagMatcher.NotEqual(tag.Name, text.Value),
        (TextLiteral text, TokenKind.NotEqual, Reference tag) when IsTag(tag) => TagMatcher.NotEqual(tag.Name, text.Value),
        (Reference tag, TokenKind.Matches, RegexLiteral regex) when IsTag(tag) => TagMatcher.Where(tag.Name, regex.Regex.IsMatch),
        (Reference tag, TokenKind.NotMatches, RegexLiteral regex) when IsTag(tag) => TagMatcher.Where(tag.Name, value => !regex.Regex.IsMatch(value)),
        _ => null,
    };

    private static bool IsTag(Reference reference) => reference.Type is RefType.Tag or RefType.Unknown;

    private static bool HasTags(Expr expr) => expr switch
    {
        Reference reference => IsTag(reference),
        Binary binary => HasTags(binary.Left) || HasTags(binary.Right),
        Paren paren => HasTags(paren.Inner),
        Call call => call.Arguments.Any(HasTags),
        _ => false,
    };

    private static Expr Reduce(Expr expr, QueryInput input)
    {
        switch (expr)
        {
            case Paren paren:
                return Reduce(paren.Inner, input);
            case Reference reference when IsTag(reference):
                return new TextLiteral(input.FindTag(reference.Name));
            case Binary { Operator: TokenKind.And or TokenKind.Or } both:
                return Join(both, Reduce(both.Left, input), Reduce(both.Right, input));
            case Binary binary:
                var settled = binary with { Left = Reduce(binary.Left, input), Right = Reduce(binary.Right, input) };
                return settled is { Left: Literal, Right: Literal } ? Settle(settled) : settled;
            default:
                return expr;
        }
    }

    private static Expr Join(Binary both, Expr left, Expr right)
    {
        var and = both.Operator == TokenKind.And;
        return left is BooleanLiteral first ? (first.Value == and ? right : first)
            : right is BooleanLiteral second ? (second.Value == and ? left : second)
            : both with { Left = left, Right = right };
    }

    private static BooleanLiteral Settle(Binary binary) =>
        new(RowEvaluator.Condition(binary, _ => null).Evaluate(NoRow.Instance) is { Type: ValueType.Boolean, Boolean: true });

    private sealed class NoRow : IRowValues
    {
        public static NoRow Instance { get; } = new();

        public Value Get(int slot) => Value.None;
    }
}
