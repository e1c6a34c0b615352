using System.Globalization;

namespace NocMonitor.Collector.Rules.Language;

/// <summary>Cuts a condition into tokens, one at a time. The first thing that is no token stops it; <see cref="Error"/> then says what and where.</summary>
internal sealed class Lexer(string text)
{
    private int _position;

    public LanguageError? Error { get; private set; }

    /// <summary>The next token; <see cref="TokenKind.End"/> at the end and from an error on.</summary>
    public Token Next()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position]))
        {
            _position++;
        }

        if (_position >= text.Length || Error is not null)
        {
            return new Token(TokenKind.End, Math.Min(_position, text.Length) + 1);
        }

        var first = text[_position];
        return first switch
        {
            >= '0' and <= '9' or '.' => Number(),
            '"' or '\'' => Quoted(first, TokenKind.Text, "text"),
            '`' => Quoted(first, TokenKind.Name, "name"),
            _ when char.IsLetter(first) || first == '_' => Word(),
            _ => Symbol(first),
        };
    }

    private Token Fail(int column, string message)
    {
        Error = new LanguageError(column, message);
        return new Token(TokenKind.End, column);
    }

    private Token Symbol(char first)
    {
        var column = _position + 1;
        var second = _position + 1 < text.Length ? text[_position + 1] : '\0';
        var (kind, length) = (first, second) switch
        {
            ('=', '=') => (TokenKind.Equal, 2),
            ('!', '=') or ('<', '>') => (TokenKind.NotEqual, 2),
            ('<', '=') => (TokenKind.LessOrEqual, 2),
            ('>', '=') => (TokenKind.GreaterOrEqual, 2),
            ('<', _) => (TokenKind.Less, 1),
            ('>', _) => (TokenKind.Greater, 1),
            ('+', _) => (TokenKind.Plus, 1),
            ('-', _) => (TokenKind.Minus, 1),
            ('*', _) => (TokenKind.Times, 1),
            ('/', _) => (TokenKind.Divide, 1),
            ('(', _) => (TokenKind.Open, 1),
            (')', _) => (TokenKind.Close, 1),
            (',', _) => (TokenKind.Comma, 1),
            _ => (TokenKind.End, 0),
        };
        if (length == 0)
        {
            return Fail(column, first switch
            {
                '=' => "one '=' means nothing here; equality is '=='",
                '&' => "write 'and'",
                '|' => "write 'or'",
                '!' => "write 'not'",
                '%' => "'%' is a unit and stands directly behind its number",
                _ => $"'{Printable(first)}' means nothing in a condition",
            });
        }

        _position += length;
        return new Token(kind, column);
    }

    private Token Word()
    {
        var start = _position;
        while (_position < text.Length && (char.IsLetterOrDigit(text[_position]) || text[_position] is '_' or '.'))
        {
            _position++;
        }

        var word = text[start.._position];
        var kind = word.ToUpperInvariant() switch
        {
            "AND" => TokenKind.And,
            "OR" => TokenKind.Or,
            "NOT" => TokenKind.Not,
            "TRUE" => TokenKind.True,
            "FALSE" => TokenKind.False,
            _ => TokenKind.Name,
        };
        return new Token(kind, start + 1, word);
    }

    private Token Quoted(char quote, TokenKind kind, string what)
    {
        var start = _position;
        var end = text.IndexOf(quote, start + 1);
        if (end < 0)
        {
            return Fail(start + 1, $"this {what} has no closing {quote}");
        }

        _position = end + 1;
        return end == start + 1 && kind == TokenKind.Name
            ? Fail(start + 1, "a name cannot be empty")
            : new Token(kind, start + 1, text[(start + 1)..end]);
    }

    /// <summary>A number with an optional unit; times may be written in several parts, as in 1h30m.</summary>
    private Token Number()
    {
        var column = _position + 1;
        double sum = 0;
        var unit = UnitKind.None;
        do
        {
            var partColumn = _position + 1;
            if (!TryReadDigits(out var number))
            {
                return Fail(partColumn, "this is not a number");
            }

            var suffixColumn = _position + 1;
            var suffix = ReadSuffix();
            var factor = 1.0;
            if (suffix.Length > 0 && !Unit.TryFind(suffix, out factor, out unit))
            {
                return Fail(suffixColumn, $"'{suffix}' is no unit; units are {Unit.Known}");
            }

            sum += number * factor;
        }
        while (unit == UnitKind.Seconds && _position < text.Length && char.IsAsciiDigit(text[_position]));

        return double.IsFinite(sum) ? new Token(TokenKind.Number, column, text[(column - 1).._position], sum, unit) : Fail(column, "this number is too large");
    }

    private bool TryReadDigits(out double number)
    {
        var start = _position;
        while (_position < text.Length && (char.IsAsciiDigit(text[_position]) || text[_position] == '.'))
        {
            _position++;
        }

        // An exponent only where a digit follows the letter, so that a unit is never taken for one.
        var exponent = _position + 1;
        if (_position < text.Length && text[_position] is 'e' or 'E' && exponent < text.Length
            && (char.IsAsciiDigit(text[exponent]) || (text[exponent] is '+' or '-' && exponent + 1 < text.Length && char.IsAsciiDigit(text[exponent + 1]))))
        {
            _position = exponent + 1;
            while (_position < text.Length && char.IsAsciiDigit(text[_position]))
            {
                _position++;
            }
        }

        return double.TryParse(text.AsSpan(start, _position - start), NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    private string ReadSuffix()
    {
        if (_position < text.Length && text[_position] == '%')
        {
            _position++;
            return "%";
        }

        var start = _position;
        while (_position < text.Length && (char.IsLetter(text[_position]) || text[_position] == '_'))
        {
            _position++;
        }

        return text[start.._position];
    }

    private static string Printable(char letter) => char.IsControl(letter) ? $"\\u{(int)letter:x4}" : letter.ToString();
}
