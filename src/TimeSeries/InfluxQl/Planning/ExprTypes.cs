using NocMonitor.TimeSeries.InfluxQl.Functions;
using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Planning;

/// <summary>The type of an expression over typed references.</summary>
internal static class ExprTypes
{
    /// <exception cref="QueryException">The types do not go together.</exception>
    public static RefType Of(Expr expr) => expr switch
    {
        Reference reference => reference.Type,
        NumberLiteral => RefType.Float,
        IntegerLiteral => RefType.Integer,
        UnsignedLiteral => RefType.Unsigned,
        TextLiteral => RefType.Text,
        BooleanLiteral => RefType.Boolean,
        DurationLiteral => RefType.Duration,
        TimeLiteral => RefType.Time,
        Paren paren => Of(paren.Inner),
        Call call => OfCall(call),
        Binary binary => OfBinary(binary),
        _ => RefType.Unknown,
    };

    private static RefType OfCall(Call call)
    {
        if (FunctionFacts.IsMath(call.Name))
        {
            return OfMath(call);
        }

        var type = call.Arguments.Count > 0 ? Of(call.Arguments[0]) : RefType.Unknown;
        return type == RefType.Unknown ? RefType.Unknown : FunctionFacts.Find(call.Name)?.Gives switch
        {
            Gives.Float => RefType.Float,
            Gives.Integer => RefType.Integer,
            _ => type,
        };
    }

    /// <summary>Of what is no number they make nothing, which is no error.</summary>
    private static RefType OfMath(Call call)
    {
        var types = call.Arguments.Select(Of).ToArray();
        return types[0] == RefType.Unknown ? RefType.Unknown
            : call.Name is "abs" or "floor" or "ceil" or "round" ? types[0]
            : RefType.Float;
    }

    private static RefType OfBinary(Binary binary)
    {
        var (left, right) = (Of(binary.Left), Of(binary.Right));
        if (left == RefType.Unknown || right == RefType.Unknown)
        {
            return left == RefType.Unknown ? right : left;
        }

        var bitwise = binary.Operator is TokenKind.BitwiseAnd or TokenKind.BitwiseOr or TokenKind.BitwiseXor;
        return (left, right) switch
        {
            (RefType.Boolean, RefType.Boolean) when bitwise => RefType.Boolean,
            (RefType.Float, RefType.Float or RefType.Integer or RefType.Unsigned) when !bitwise => RefType.Float,
            (RefType.Integer or RefType.Unsigned, RefType.Float) when !bitwise => RefType.Float,
            (RefType.Integer, RefType.Integer) => binary.Operator == TokenKind.Divide ? RefType.Float : RefType.Integer,
            (RefType.Unsigned, RefType.Unsigned) => RefType.Unsigned,
            (RefType.Unsigned, RefType.Integer) when binary.Right is IntegerLiteral => RefType.Unsigned,
            (RefType.Integer, RefType.Unsigned) when binary.Left is IntegerLiteral => RefType.Unsigned,
            (RefType.Unsigned, RefType.Integer) or (RefType.Integer, RefType.Unsigned) => throw new QueryException(
                $"type error: {binary}: cannot use {Keywords.NameOf(binary.Operator)} between an integer and unsigned, an explicit cast is required"),
            _ => throw new QueryException(
                $"type error: {binary}: incompatible types: {ExprText.TypeName(left)} and {ExprText.TypeName(right)}"),
        };
    }
}
