using System.Text.RegularExpressions;

namespace NocMonitor.TimeSeries.InfluxQl.Language;

/// <summary>What a reference says about its type: nothing, field or tag in general, or one type of a field.</summary>
internal enum RefType
{
    Unknown,
    Float,
    Integer,
    Unsigned,
    Text,
    Boolean,
    Time,
    Duration,
    Tag,
    AnyField,
}

/// <summary>An expression; immutable.</summary>
internal abstract record Expr
{
    /// <summary>The expression as InfluxQL writes it: for messages, and to recognise two that are the same.</summary>
    public sealed override string ToString() => ExprText.Of(this);
}

/// <summary>A value written out.</summary>
internal abstract record Literal : Expr;

internal sealed record NumberLiteral(double Value) : Literal;

internal sealed record IntegerLiteral(long Value) : Literal;

internal sealed record UnsignedLiteral(ulong Value) : Literal;

internal sealed record TextLiteral(string Value) : Literal;

internal sealed record BooleanLiteral(bool Value) : Literal;

internal sealed record DurationLiteral(long Nanoseconds) : Literal;

/// <summary>A time, in nanoseconds since 1970-01-01 UTC.</summary>
internal sealed record TimeLiteral(long Nanoseconds) : Literal;

internal sealed record NilLiteral : Literal;

/// <summary>A regular expression as written, and compiled.</summary>
internal sealed record RegexLiteral(string Pattern, Regex Regex) : Literal;

/// <summary>A field, a tag or the time, by name.</summary>
internal sealed record Reference(string Name, RefType Type = RefType.Unknown) : Expr;

/// <summary><c>*</c>, <c>*::field</c> or <c>*::tag</c>.</summary>
internal sealed record Wildcard(RefType Type = RefType.Unknown) : Expr;

internal sealed record Call(string Name, IReadOnlyList<Expr> Arguments) : Expr;

internal sealed record Binary(TokenKind Operator, Expr Left, Expr Right) : Expr;

internal sealed record Paren(Expr Inner) : Expr;

/// <summary><c>DISTINCT name</c> without parentheses.</summary>
internal sealed record DistinctWord(string Name) : Expr;
