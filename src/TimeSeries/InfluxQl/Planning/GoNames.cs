using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Planning;

/// <summary>The names that InfluxDB's messages call kinds of expressions by.</summary>
internal static class GoNames
{
    public static string Of(Expr expr) => "*influxql." + expr switch
    {
        NumberLiteral => "NumberLiteral",
        IntegerLiteral => "IntegerLiteral",
        UnsignedLiteral => "UnsignedLiteral",
        TextLiteral => "StringLiteral",
        BooleanLiteral => "BooleanLiteral",
        DurationLiteral => "DurationLiteral",
        TimeLiteral => "TimeLiteral",
        RegexLiteral => "RegexLiteral",
        Reference => "VarRef",
        Wildcard => "Wildcard",
        Call => "Call",
        Binary => "BinaryExpr",
        Paren => "ParenExpr",
        DistinctWord => "Distinct",
        _ => "NilLiteral",
    };

    public static string Iterator(RefType type) => type switch
    {
        RefType.Text or RefType.Tag => "*query.stringInterruptIterator",
        RefType.Boolean => "*query.booleanInterruptIterator",
        RefType.Integer => "*query.integerInterruptIterator",
        RefType.Unsigned => "*query.unsignedInterruptIterator",
        _ => "*query.floatInterruptIterator",
    };
}
