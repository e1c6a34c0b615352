using System.Collections.Frozen;

namespace NocMonitor.TimeSeries.InfluxQl.Language;

/// <summary>The reserved words, and every token as error texts name it.</summary>
internal static class Keywords
{
    private static readonly FrozenDictionary<TokenKind, string> Symbols = new (TokenKind Kind, string Text)[]
    {
        (TokenKind.Illegal, "ILLEGAL"), (TokenKind.End, "EOF"), (TokenKind.Space, "WS"), (TokenKind.Comment, "COMMENT"),
        (TokenKind.Identifier, "IDENT"), (TokenKind.BoundParameter, "BOUNDPARAM"), (TokenKind.Number, "NUMBER"),
        (TokenKind.Integer, "INTEGER"), (TokenKind.Duration, "DURATIONVAL"), (TokenKind.Text, "STRING"),
        (TokenKind.BadText, "BADSTRING"), (TokenKind.BadEscape, "BADESCAPE"), (TokenKind.Regex, "REGEX"),
        (TokenKind.BadRegex, "BADREGEX"), (TokenKind.Add, "+"), (TokenKind.Subtract, "-"), (TokenKind.Multiply, "*"),
        (TokenKind.Divide, "/"), (TokenKind.Modulo, "%"), (TokenKind.BitwiseAnd, "&"), (TokenKind.BitwiseOr, "|"),
        (TokenKind.BitwiseXor, "^"), (TokenKind.And, "AND"), (TokenKind.Or, "OR"), (TokenKind.Equal, "="), (TokenKind.NotEqual, "!="),
        (TokenKind.Matches, "=~"), (TokenKind.NotMatches, "!~"), (TokenKind.Less, "<"), (TokenKind.LessOrEqual, "<="),
        (TokenKind.Greater, ">"), (TokenKind.GreaterOrEqual, ">="), (TokenKind.LeftParen, "("), (TokenKind.RightParen, ")"),
        (TokenKind.Comma, ","), (TokenKind.Colon, ":"), (TokenKind.DoubleColon, "::"), (TokenKind.Semicolon, ";"), (TokenKind.Dot, "."),
        (TokenKind.DurationWord, "DURATION"), (TokenKind.EndWord, "END"),
    }.ToFrozenDictionary(each => each.Kind, each => each.Text);

    private static readonly FrozenDictionary<string, TokenKind> Words = Enum.GetValues<TokenKind>()
        .Where(kind => kind is >= TokenKind.True or TokenKind.And or TokenKind.Or)
        .ToFrozenDictionary(NameOf, StringComparer.OrdinalIgnoreCase);

    /// <summary>The keyword a word is, or <see cref="TokenKind.Identifier"/>.</summary>
    public static TokenKind Find(string word) => Words.GetValueOrDefault(word, TokenKind.Identifier);

    /// <summary>The token as error texts name it.</summary>
    public static string NameOf(TokenKind kind) => Symbols.TryGetValue(kind, out var symbol) ? symbol : kind.ToString().ToUpperInvariant();

    public static bool IsOperator(TokenKind kind) => kind is >= TokenKind.Add and <= TokenKind.GreaterOrEqual;

    /// <summary>How strongly an operator binds; larger binds first.</summary>
    public static int PrecedenceOf(TokenKind kind) => kind switch
    {
        TokenKind.Or => 1,
        TokenKind.And => 2,
        >= TokenKind.Equal and <= TokenKind.GreaterOrEqual => 3,
        TokenKind.Add or TokenKind.Subtract or TokenKind.BitwiseOr or TokenKind.BitwiseXor => 4,
        _ => 5,
    };
}
