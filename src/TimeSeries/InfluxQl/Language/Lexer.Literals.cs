using System.Text;

namespace NocMonitor.TimeSeries.InfluxQl.Language;

/// <summary>Words, texts, numbers, durations and regular expressions.</summary>
internal sealed partial class Lexer
{
    /// <summary>A regular expression between slashes; only the parser knows where one may stand.</summary>
    public Token ScanRegex(int at)
    {
        var pattern = new StringBuilder();
        for (var i = at + 1; i < _text.Length; i++)
        {
            switch (_text[i])
            {
                case '/':
                    return new Token(TokenKind.Regex, at, i + 1, pattern.ToString());
                case '\n':
                    return new Token(TokenKind.BadRegex, at, i, "");
                case '\\' when Peek(i + 1) == '/':
                    pattern.Append('/');
                    i++;
                    break;
                default:
                    pattern.Append(_text[i]);
                    break;
            }
        }

        return new Token(TokenKind.BadRegex, at, _text.Length, "");
    }

    private Token ScanWord(int at, bool lookUp)
    {
        if (Peek(at) == '"')
        {
            var quoted = ScanText(at);
            return quoted.Kind == TokenKind.Text ? quoted with { Kind = TokenKind.Identifier } : quoted;
        }

        var end = at;
        while (end < _text.Length && IsWordPart(_text[end]))
        {
            end++;
        }

        _ranIntoEnd |= end == _text.Length;
        var word = _text[at..end];
        var kind = lookUp ? Keywords.Find(word) : TokenKind.Identifier;
        return new Token(kind, at, end, kind == TokenKind.Identifier ? word : "");
    }

    private Token ScanText(int at)
    {
        var quote = _text[at];
        var text = new StringBuilder();
        for (var i = at + 1; i < _text.Length; i++)
        {
            var letter = _text[i];
            if (letter == quote)
            {
                return new Token(TokenKind.Text, at, i + 1, text.ToString());
            }

            if (letter == '\n')
            {
                return new Token(TokenKind.BadText, at, i, text.ToString());
            }

            if (letter == '\\')
            {
                var escaped = Peek(++i);
                if (escaped is not ('n' or '\\' or '"' or '\''))
                {
                    return new Token(TokenKind.BadEscape, at, Math.Min(i + 1, _text.Length), "\\" + escaped);
                }

                letter = escaped == 'n' ? '\n' : escaped;
            }

            text.Append(letter);
        }

        return new Token(TokenKind.BadText, at, _text.Length, text.ToString());
    }

    private Token ScanNumber(int at)
    {
        var end = SkipDigits(at);
        if (Peek(end) == '.')
        {
            // A full stop makes it a decimal, even where no digit follows.
            var number = IsDigit(Peek(end + 1)) ? SkipDigits(end + 1) : end + 1;
            return new Token(TokenKind.Number, at, number, _text[at..number].TrimEnd('.'));
        }

        if (!IsUnitLetter(Peek(end)))
        {
            return new Token(TokenKind.Integer, at, end, _text[at..end]);
        }

        while (IsUnitLetter(Peek(end)) || IsDigit(Peek(end)))
        {
            end++;
        }

        return new Token(TokenKind.Duration, at, end, _text[at..end]);
    }

    private int SkipDigits(int at)
    {
        while (IsDigit(Peek(at)))
        {
            at++;
        }

        return at;
    }

    private static bool IsUnitLetter(char letter) => IsLetter(letter) || letter == 'µ';
}
