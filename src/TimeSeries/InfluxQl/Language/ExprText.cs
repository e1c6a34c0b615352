using System.Globalization;

namespace NocMonitor.TimeSeries.InfluxQl.Language;

/// <summary>Writes expressions as InfluxQL.</summary>
internal static class ExprText
{
    public static string Of(Expr expr) => expr switch
    {
        NumberLiteral number => number.Value.ToString("0.000", CultureInfo.InvariantCulture),
        IntegerLiteral integer => integer.Value.ToString(CultureInfo.InvariantCulture),
        UnsignedLiteral unsigned => unsigned.Value.ToString(CultureInfo.InvariantCulture),
        TextLiteral text => Quote(text.Value, '\''),
        BooleanLiteral boolean => boolean.Value ? "true" : "false",
        DurationLiteral duration => DurationText.Format(duration.Nanoseconds),
        TimeLiteral time => $"'{TimeText.Format(time.Nanoseconds)}'",
        NilLiteral => "nil",
        RegexLiteral regex => $"/{regex.Pattern.Replace("/", "\\/", StringComparison.Ordinal)}/",
        Reference reference => OfReference(reference),
        Wildcard wildcard => wildcard.Type switch { RefType.Tag => "*::tag", RefType.AnyField => "*::field", _ => "*" },
        Call call => $"{call.Name}({string.Join(", ", call.Arguments)})",
        Binary binary => $"{binary.Left} {Keywords.NameOf(binary.Operator)} {binary.Right}",
        Paren paren => $"({paren.Inner})",
        DistinctWord distinct => $"DISTINCT {distinct.Name}",
        _ => throw new InvalidOperationException($"no text for {expr.GetType().Name}"),
    };

    /// <summary>A name, in quotation marks when it needs them.</summary>
    public static string Name(string name) => NeedsQuotes(name) ? Quote(name, '"') : name;

    /// <summary>The type as a cast names it.</summary>
    public static string TypeName(RefType type) => type switch
    {
        RefType.Float => "float",
        RefType.Integer => "integer",
        RefType.Unsigned => "unsigned",
        RefType.Text => "string",
        RefType.Boolean => "boolean",
        RefType.Time => "time",
        RefType.Duration => "duration",
        RefType.Tag => "tag",
        RefType.AnyField => "field",
        _ => "unknown",
    };

    private static string OfReference(Reference reference)
    {
        var name = Name(reference.Name);
        return reference.Type == RefType.Unknown ? name : $"{name}::{TypeName(reference.Type)}";
    }

    private static bool NeedsQuotes(string name) =>
        name.Length == 0 || char.IsAsciiDigit(name[0]) || !name.All(Lexer.IsWordPart) || Keywords.Find(name) != TokenKind.Identifier;

    private static string Quote(string text, char quote)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return $"{quote}{escaped.Replace(quote.ToString(), $"\\{quote}", StringComparison.Ordinal)}{quote}";
    }
}
