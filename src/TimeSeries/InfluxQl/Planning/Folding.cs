using NocMonitor.TimeSeries.InfluxQl.Functions;
using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Planning;

/// <summary>Computes what is known before any point is read: <c>now() - 1h</c>, <c>2 * 3</c>, a date in quotes beside a duration.</summary>
internal static class Folding
{
    /// <param name="now">The time of the query; null leaves <c>now()</c> alone.</param>
    public static Expr Fold(Expr expr, long? now, TimeZoneInfo? zone) => expr switch
    {
        Binary binary => Combine(binary with { Left = Fold(binary.Left, now, zone), Right = Fold(binary.Right, now, zone) }, zone),
        Paren paren => Fold(paren.Inner, now, zone) is var inner && inner is Binary ? new Paren(inner) : inner,
        Call { Name: "now", Arguments.Count: 0 } when now is { } time => new TimeLiteral(time),
        Call call => Computed(call with { Arguments = [.. call.Arguments.Select(argument => Fold(argument, now, zone))] }),
        _ => expr,
    };

    private static Expr Computed(Call call)
    {
        if (!FunctionFacts.IsMath(call.Name) || call.Arguments.Count != FunctionFacts.MathArguments(call.Name) || !call.Arguments.All(each => each is IntegerLiteral or NumberLiteral))
        {
            return call;
        }

        var values = call.Arguments.Select(each => each is IntegerLiteral whole ? Value.Of(whole.Value) : Value.Of(((NumberLiteral)each).Value)).ToArray();
        var result = MathFunctions.Apply(call.Name, values[0], values[^1]);
        return result.Type == ValueType.Integer ? new IntegerLiteral(result.Integer) : result.Type == ValueType.Float ? new NumberLiteral(result.Float) : call;
    }

    private static Expr Combine(Binary binary, TimeZoneInfo? zone)
    {
        var (left, right) = (binary.Left, binary.Right);
        if (left is TextLiteral leftText && right is DurationLiteral or TimeLiteral && TimeText.TryParse(leftText.Value, zone, out var leftTime))
        {
            left = new TimeLiteral(leftTime);
        }

        if (right is TextLiteral rightText && left is DurationLiteral or TimeLiteral && TimeText.TryParse(rightText.Value, zone, out var rightTime))
        {
            right = new TimeLiteral(rightTime);
        }

        return (left, binary.Operator, right) switch
        {
            (TimeLiteral a, TokenKind.Add, DurationLiteral b) => new TimeLiteral(unchecked(a.Nanoseconds + b.Nanoseconds)),
            (DurationLiteral a, TokenKind.Add, TimeLiteral b) => new TimeLiteral(unchecked(a.Nanoseconds + b.Nanoseconds)),
            (TimeLiteral a, TokenKind.Subtract, DurationLiteral b) => new TimeLiteral(unchecked(a.Nanoseconds - b.Nanoseconds)),
            (TimeLiteral a, TokenKind.Subtract, TimeLiteral b) => new DurationLiteral(unchecked(a.Nanoseconds - b.Nanoseconds)),
            (DurationLiteral a, TokenKind.Add, DurationLiteral b) => new DurationLiteral(unchecked(a.Nanoseconds + b.Nanoseconds)),
            (DurationLiteral a, TokenKind.Subtract, DurationLiteral b) => new DurationLiteral(unchecked(a.Nanoseconds - b.Nanoseconds)),
            (DurationLiteral a, TokenKind.Multiply, IntegerLiteral b) => new DurationLiteral(unchecked(a.Nanoseconds * b.Value)),
            (IntegerLiteral a, TokenKind.Multiply, DurationLiteral b) => new DurationLiteral(unchecked(a.Value * b.Nanoseconds)),
            (DurationLiteral a, TokenKind.Multiply, NumberLiteral b) => new DurationLiteral((long)(a.Nanoseconds * b.Value)),
            (DurationLiteral a, TokenKind.Divide, IntegerLiteral b) => new DurationLiteral(b.Value == 0 ? 0 : a.Nanoseconds / b.Value),
            (DurationLiteral a, TokenKind.Divide, NumberLiteral b) => new DurationLiteral(b.Value == 0 ? 0 : (long)(a.Nanoseconds / b.Value)),
            (IntegerLiteral a, TokenKind.Divide, IntegerLiteral b) => new NumberLiteral(b.Value == 0 ? 0 : (double)a.Value / b.Value),
            (IntegerLiteral a, var sign, IntegerLiteral b) => Integers(sign, a.Value, b.Value) ?? binary,
            (NumberLiteral or IntegerLiteral, var sign, NumberLiteral or IntegerLiteral) => Numbers(sign, Number(left), Number(right)) ?? binary,
            (DurationLiteral a, TokenKind.Add, IntegerLiteral b) => new DurationLiteral(unchecked(a.Nanoseconds + b.Value)),
            (IntegerLiteral a, TokenKind.Add, DurationLiteral b) => new TimeLiteral(unchecked(a.Value + b.Nanoseconds)),
            (IntegerLiteral a, TokenKind.Subtract, DurationLiteral b) => new TimeLiteral(unchecked(a.Value - b.Nanoseconds)),
            _ => binary with { Left = left, Right = right },
        };
    }

    private static Expr? Integers(TokenKind sign, long a, long b) => sign switch
    {
        TokenKind.Add => new IntegerLiteral(unchecked(a + b)),
        TokenKind.Subtract => new IntegerLiteral(unchecked(a - b)),
        TokenKind.Multiply => new IntegerLiteral(unchecked(a * b)),
        TokenKind.Modulo => new IntegerLiteral(b is 0 or -1 ? 0 : a % b),
        TokenKind.BitwiseAnd => new IntegerLiteral(a & b),
        TokenKind.BitwiseOr => new IntegerLiteral(a | b),
        TokenKind.BitwiseXor => new IntegerLiteral(a ^ b),
        _ => null,
    };

    private static Expr? Numbers(TokenKind sign, double a, double b) => sign switch
    {
        TokenKind.Add => new NumberLiteral(a + b),
        TokenKind.Subtract => new NumberLiteral(a - b),
        TokenKind.Multiply => new NumberLiteral(a * b),
        TokenKind.Divide => new NumberLiteral(b == 0 ? 0 : a / b),
        TokenKind.Modulo => new NumberLiteral(a % b),
        _ => null,
    };

    private static double Number(Expr literal) => literal is IntegerLiteral integer ? integer.Value : ((NumberLiteral)literal).Value;
}
