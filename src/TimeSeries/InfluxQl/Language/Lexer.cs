namespace NocMonitor.TimeSeries.InfluxQl.Language;

/// <summary>
/// Cuts a query into tokens, from any position on: the parser goes back by remembering where a token began. A carriage return counts as the end of a line.
/// </summary>
internal sealed partial class Lexer(string query)
{
    private const char End = '\0';

    private readonly string _text = query.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    /// <summary>InfluxDB counts the end of the text as a character once a word or white space has run into it; places of errors at the end depend on it.</summary>
    private bool _ranIntoEnd;

    public char Peek(int at) => at < _text.Length ? _text[at] : End;

    public Token Scan(int at)
    {
        var first = Peek(at);
        if (at >= _text.Length)
        {
            return new Token(TokenKind.End, at, at, "");
        }

        if (IsSpace(first))
        {
            return ScanSpace(at);
        }

        if (IsLetter(first) || first == '_' || first == '"')
        {
            return ScanWord(at, lookUp: true);
        }

        return first switch
        {
            >= '0' and <= '9' => ScanNumber(at),
            '.' when IsDigit(Peek(at + 1)) => ScanNumber(at),
            '\'' => ScanText(at),
            '$' => ScanParameter(at),
            '-' when Peek(at + 1) == '-' => ScanLineComment(at),
            '/' when Peek(at + 1) == '*' => ScanComment(at),
            _ => ScanSymbol(at, first),
        };
    }

    /// <summary>The place of a token, as error texts give it: lines and characters counted from 1.</summary>
    public string PlaceOf(in Token token)
    {
        var upTo = Math.Min(token.Kind == TokenKind.BadEscape ? token.End - 1 : token.Start, _text.Length);
        var lineStart = upTo == 0 ? 0 : _text.LastIndexOf('\n', upTo - 1) + 1;
        var line = _text.AsSpan(0, lineStart).Count('\n');
        var character = 0;
        foreach (var _ in _text.AsSpan(lineStart, upTo - lineStart).EnumerateRunes())
        {
            character++;
        }

        // InfluxDB names the place before a text in quotes.
        character += token.Kind == TokenKind.End && _ranIntoEnd ? 1 : token.Kind == TokenKind.Text && character > 0 ? -1 : 0;
        return $"line {line + 1}, char {character + 1}";
    }

    private Token ScanSpace(int at)
    {
        var end = at;
        while (end < _text.Length && IsSpace(_text[end]))
        {
            end++;
        }

        _ranIntoEnd |= end == _text.Length;
        return new Token(TokenKind.Space, at, end, "");
    }

    private Token ScanLineComment(int at)
    {
        var end = _text.IndexOf('\n', at);
        return new Token(TokenKind.Comment, at, end < 0 ? _text.Length : end + 1, "");
    }

    private Token ScanComment(int at)
    {
        var end = _text.IndexOf("*/", at + 2, StringComparison.Ordinal);
        return end < 0 ? new Token(TokenKind.Illegal, at, _text.Length, "") : new Token(TokenKind.Comment, at, end + 2, "");
    }

    private Token ScanParameter(int at)
    {
        var name = ScanWord(at + 1, lookUp: false);
        return name.Kind == TokenKind.Identifier
            ? new Token(TokenKind.BoundParameter, at, name.End, "$" + name.Text)
            : name with { Start = at, Text = "$" + name.Text };
    }

    private Token ScanSymbol(int at, char first)
    {
        var (kind, length) = (first, Peek(at + 1)) switch
        {
            ('+', _) => (TokenKind.Add, 1),
            ('-', _) => (TokenKind.Subtract, 1),
            ('*', _) => (TokenKind.Multiply, 1),
            ('/', _) => (TokenKind.Divide, 1),
            ('%', _) => (TokenKind.Modulo, 1),
            ('&', _) => (TokenKind.BitwiseAnd, 1),
            ('|', _) => (TokenKind.BitwiseOr, 1),
            ('^', _) => (TokenKind.BitwiseXor, 1),
            ('=', '~') => (TokenKind.Matches, 2),
            ('=', _) => (TokenKind.Equal, 1),
            ('!', '=') => (TokenKind.NotEqual, 2),
            ('!', '~') => (TokenKind.NotMatches, 2),
            ('>', '=') => (TokenKind.GreaterOrEqual, 2),
            ('>', _) => (TokenKind.Greater, 1),
            ('<', '=') => (TokenKind.LessOrEqual, 2),
            ('<', '>') => (TokenKind.NotEqual, 2),
            ('<', _) => (TokenKind.Less, 1),
            ('(', _) => (TokenKind.LeftParen, 1),
            (')', _) => (TokenKind.RightParen, 1),
            (',', _) => (TokenKind.Comma, 1),
            (';', _) => (TokenKind.Semicolon, 1),
            (':', ':') => (TokenKind.DoubleColon, 2),
            (':', _) => (TokenKind.Colon, 1),
            ('.', _) => (TokenKind.Dot, 1),
            _ => (TokenKind.Illegal, 1),
        };
        if (kind != TokenKind.Illegal)
        {
            return new Token(kind, at, at + length, "");
        }

        var end = at + (char.IsHighSurrogate(first) && char.IsLowSurrogate(Peek(at + 1)) ? 2 : 1);
        return new Token(kind, at, end, _text[at..end]);
    }

    private static bool IsSpace(char letter) => letter is ' ' or '\t' or '\n';

    private static bool IsLetter(char letter) => char.IsAsciiLetter(letter);

    private static bool IsDigit(char letter) => char.IsAsciiDigit(letter);

    internal static bool IsWordPart(char letter) => char.IsAsciiLetterOrDigit(letter) || letter == '_';
}
