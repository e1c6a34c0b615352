using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>Arithmetic and comparison of two values, as InfluxDB does them: what does not go together is no value, and no comparison holds.</summary>
internal static class Operators
{
    public static Value Apply(TokenKind sign, in Value left, in Value right) =>
        sign is >= TokenKind.Equal and <= TokenKind.GreaterOrEqual ? Value.Of(Compare(sign, left, right)) : Compute(sign, left, right);

    private static bool Compare(TokenKind sign, in Value left, in Value right)
    {
        if (left.IsNumber && right.IsNumber)
        {
            return CompareNumbers(sign, left, right);
        }

        return (left.Type, right.Type) switch
        {
            (ValueType.Text, ValueType.Text) => Holds(sign, string.CompareOrdinal(left.Text, right.Text)),
            (ValueType.Boolean, ValueType.Boolean) => sign == TokenKind.Equal ? left.Boolean == right.Boolean : sign == TokenKind.NotEqual && left.Boolean != right.Boolean,
            _ => false,
        };
    }

    private static bool CompareNumbers(TokenKind sign, in Value left, in Value right)
    {
        if (left.Type == right.Type && left.Type != ValueType.Float)
        {
            return Holds(sign, left.Type == ValueType.Integer ? left.Integer.CompareTo(right.Integer) : left.Unsigned.CompareTo(right.Unsigned));
        }

        var (a, b) = (left.AsDouble(), right.AsDouble());
        return sign switch
        {
            TokenKind.Equal => a == b,
            TokenKind.NotEqual => a != b,
            TokenKind.Less => a < b,
            TokenKind.LessOrEqual => a <= b,
            TokenKind.Greater => a > b,
            _ => a >= b,
        };
    }

    private static bool Holds(TokenKind sign, int order) => sign switch
    {
        TokenKind.Equal => order == 0,
        TokenKind.NotEqual => order != 0,
        TokenKind.Less => order < 0,
        TokenKind.LessOrEqual => order <= 0,
        TokenKind.Greater => order > 0,
        _ => order >= 0,
    };

    private static Value Compute(TokenKind sign, in Value left, in Value right)
    {
        if (left.Type == ValueType.Boolean && right.Type == ValueType.Boolean)
        {
            return sign switch
            {
                TokenKind.BitwiseAnd => Value.Of(left.Boolean & right.Boolean),
                TokenKind.BitwiseOr => Value.Of(left.Boolean | right.Boolean),
                TokenKind.BitwiseXor => Value.Of(left.Boolean ^ right.Boolean),
                _ => Value.None,
            };
        }

        if (!left.IsNumber || !right.IsNumber)
        {
            return Value.None;
        }

        return left.Type == ValueType.Float || right.Type == ValueType.Float ? Floats(sign, left.AsDouble(), right.AsDouble())
            : left.Type == ValueType.Integer && right.Type == ValueType.Integer ? Integers(sign, left.Integer, right.Integer)
            : Unsigneds(sign, left.Unsigned, right.Unsigned);
    }

    /// <summary>Dividing by zero gives zero.</summary>
    private static Value Floats(TokenKind sign, double a, double b) => sign switch
    {
        TokenKind.Add => Value.Of(a + b),
        TokenKind.Subtract => Value.Of(a - b),
        TokenKind.Multiply => Value.Of(a * b),
        TokenKind.Divide => Value.Of(b == 0 ? 0 : a / b),
        TokenKind.Modulo => Value.Of(a % b),
        _ => Value.None,
    };

    private static Value Integers(TokenKind sign, long a, long b) => sign switch
    {
        TokenKind.Add => Value.Of(unchecked(a + b)),
        TokenKind.Subtract => Value.Of(unchecked(a - b)),
        TokenKind.Multiply => Value.Of(unchecked(a * b)),
        TokenKind.Divide => Value.Of(b == 0 ? 0.0 : (double)a / b),
        TokenKind.Modulo => Value.Of(b is 0 or -1 ? 0 : a % b),
        TokenKind.BitwiseAnd => Value.Of(a & b),
        TokenKind.BitwiseOr => Value.Of(a | b),
        TokenKind.BitwiseXor => Value.Of(a ^ b),
        _ => Value.None,
    };

    private static Value Unsigneds(TokenKind sign, ulong a, ulong b) => sign switch
    {
        TokenKind.Add => Value.Of(unchecked(a + b)),
        TokenKind.Subtract => Value.Of(unchecked(a - b)),
        TokenKind.Multiply => Value.Of(unchecked(a * b)),
        TokenKind.Divide => Value.Of(b == 0 ? 0UL : a / b),
        TokenKind.Modulo => Value.Of(b == 0 ? 0UL : a % b),
        TokenKind.BitwiseAnd => Value.Of(a & b),
        TokenKind.BitwiseOr => Value.Of(a | b),
        TokenKind.BitwiseXor => Value.Of(a ^ b),
        _ => Value.None,
    };
}
