using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Planning;

/// <summary>Takes the bounds of time out of a condition; what is left speaks of tags and fields.</summary>
internal static class Conditions
{
    public static (Expr? Other, TimeRange Range) Split(Expr? condition, long now, TimeZoneInfo? zone)
    {
        switch (condition)
        {
            case null:
                return (null, TimeRange.All);
            case Paren paren:
                var (inner, range) = Split(paren.Inner, now, zone);
                return (inner is Binary ? new Paren(inner) : inner, range);
            case BooleanLiteral:
                return (condition, TimeRange.All);
            case Binary { Operator: TokenKind.And or TokenKind.Or } both:
                return Join(both, Split(both.Left, now, zone), Split(both.Right, now, zone));
            case Binary { Left: Reference left } binary when IsTime(left):
                return (null, RangeOf(binary.Operator, binary.Right, now, zone));
            case Binary { Right: Reference right } binary when IsTime(right):
                return (null, RangeOf(Mirror(binary.Operator), binary.Left, now, zone));
            case Binary binary:
                return (Folding.Fold(binary, now, zone), TimeRange.All);
            default:
                throw new QueryException($"invalid condition expression: {condition}");
        }
    }

    /// <summary>Bounds narrow each other even across OR, as InfluxDB has it.</summary>
    private static (Expr? Other, TimeRange Range) Join(Binary both, (Expr? Other, TimeRange Range) left, (Expr? Other, TimeRange Range) right)
    {
        var range = left.Range.Intersect(right.Range);
        return left.Other is null ? (right.Other, range)
            : right.Other is null ? (left.Other, range)
            : (both with { Left = left.Other, Right = right.Other }, range);
    }

    private static bool IsTime(Reference reference) => reference.Name.Equals("time", StringComparison.OrdinalIgnoreCase);

    private static TokenKind Mirror(TokenKind sign) => sign switch
    {
        TokenKind.Less => TokenKind.Greater,
        TokenKind.LessOrEqual => TokenKind.GreaterOrEqual,
        TokenKind.Greater => TokenKind.Less,
        TokenKind.GreaterOrEqual => TokenKind.LessOrEqual,
        _ => sign,
    };

    private static TimeRange RangeOf(TokenKind sign, Expr value, long now, TimeZoneInfo? zone)
    {
        var time = Math.Clamp(TimeOf(Folding.Fold(value, now, zone), zone), TimeText.Min, TimeText.Max);
        return sign switch
        {
            TokenKind.Equal => new TimeRange(time, time),
            TokenKind.Greater => new TimeRange(time + 1, TimeText.Max),
            TokenKind.GreaterOrEqual => new TimeRange(time, TimeText.Max),
            TokenKind.Less => new TimeRange(TimeText.Min, time - 1),
            TokenKind.LessOrEqual => new TimeRange(TimeText.Min, time),
            _ => throw new QueryException($"invalid time comparison operator: {Keywords.NameOf(sign)}"),
        };
    }

    private static long TimeOf(Expr value, TimeZoneInfo? zone) => value switch
    {
        Paren paren => TimeOf(paren.Inner, zone),
        TimeLiteral time => time.Nanoseconds,
        DurationLiteral duration => duration.Nanoseconds,
        IntegerLiteral integer => integer.Value,
        NumberLiteral number => (long)number.Value,
        TextLiteral text when TimeText.TryParse(text.Value, zone, out var time) => time,
        TextLiteral text when TimeText.LooksLikeTime(text.Value) => throw new QueryException("invalid operation: time and *influxql.StringLiteral are not compatible"),
        _ => throw new QueryException($"invalid operation: time and {GoNames.Of(value)} are not compatible"),
    };
}
