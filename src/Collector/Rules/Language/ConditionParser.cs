namespace NocMonitor.Collector.Rules.Language;

/// <summary>
/// Pratt parser of conditions: or &lt; and &lt; not &lt; comparison &lt; + - &lt; * / &lt; sign. Any text gives a tree or one error with its column;
/// nothing throws. Length and nesting are limited, so that no text can exhaust time or stack.
/// </summary>
internal sealed class ConditionParser
{
    public const int LongestText = 4096;
    public const int DeepestNesting = 40;
    public const int MostTerms = 256;
    private const int ComparisonPower = 4;
    private const int NotPower = 3;
    private const int SignPower = 7;

    private readonly Lexer _lexer;
    private Token _token;
    private LanguageError? _error;
    private int _depth;
    private int _terms;

    private ConditionParser(string text)
    {
        _lexer = new Lexer(text);
        _token = _lexer.Next();
    }

    public static Syntax? Parse(string text, out LanguageError? error)
    {
        if (text.Length > LongestText)
        {
            error = new LanguageError(1, $"a condition has at most {LongestText} characters, this one has {text.Length}");
            return null;
        }

        var parser = new ConditionParser(text);
        var tree = parser.Expression(0);
        if (tree is not null && parser._token.Kind != TokenKind.End)
        {
            tree = parser.Fail(parser._token.Column, $"expected an operator or the end, not {Describe(parser._token)}");
        }

        error = parser._lexer.Error ?? parser._error;
        return error is null ? tree : null;
    }

    private Syntax? Expression(int minimumPower)
    {
        if (++_depth > DeepestNesting)
        {
            return Fail(_token.Column, $"nested more than {DeepestNesting} deep");
        }

        var left = Prefix();
        while (left is not null && PowerOf(_token.Kind) is var power && power > minimumPower)
        {
            var operation = _token;
            Advance();
            var right = Expression(power);
            left = right is null ? null : new BinarySyntax(operation.Kind, left, right) { Column = operation.Column };
            if (left is not null && power == ComparisonPower && PowerOf(_token.Kind) == ComparisonPower)
            {
                return Fail(_token.Column, "comparisons do not chain; join two with 'and'");
            }
        }

        _depth--;
        return left;
    }

    private Syntax? Prefix()
    {
        var token = _token;
        if (++_terms > MostTerms)
        {
            return Fail(token.Column, $"a condition has at most {MostTerms} terms");
        }

        Advance();
        switch (token.Kind)
        {
            case TokenKind.Number:
                return new NumberSyntax(token.Number, token.Unit, token.Text) { Column = token.Column };
            case TokenKind.Text:
                return new TextSyntax(token.Text) { Column = token.Column };
            case TokenKind.True or TokenKind.False:
                return new BooleanSyntax(token.Kind == TokenKind.True) { Column = token.Column };
            case TokenKind.Name when _token.Kind == TokenKind.Open:
                return Call(token);
            case TokenKind.Name:
                return new FieldSyntax(token.Text) { Column = token.Column };
            case TokenKind.Minus or TokenKind.Plus:
                return Unary(token, SignPower);
            case TokenKind.Not:
                return Unary(token, NotPower);
            case TokenKind.Open:
                return Parenthesized(token);
            default:
                return Fail(token.Column, $"expected a field, a number, a function or '(', not {Describe(token)}");
        }
    }

    private UnarySyntax? Unary(Token operation, int power) =>
        Expression(power) is { } operand ? new UnarySyntax(operation.Kind, operand) { Column = operation.Column } : null;

    private Syntax? Parenthesized(Token open)
    {
        var inside = Expression(0);
        return inside is null || Close(open) ? inside : null;
    }

    private Syntax? Call(Token name)
    {
        var open = _token;
        Advance();
        var arguments = new List<Syntax>();
        while (_token.Kind != TokenKind.Close)
        {
            if (arguments.Count > 0 && !Expect(TokenKind.Comma, "expected ',' or ')'"))
            {
                return null;
            }

            if (Expression(0) is not { } argument)
            {
                return null;
            }

            arguments.Add(argument);
        }

        return Close(open) ? new CallSyntax(name.Text, arguments) { Column = name.Column } : null;
    }

    private bool Close(Token open) => Expect(TokenKind.Close, $"expected ')' for the '(' at column {open.Column}");

    private bool Expect(TokenKind kind, string message)
    {
        if (_token.Kind == kind)
        {
            Advance();
            return true;
        }

        Fail(_token.Column, $"{message}, not {Describe(_token)}");
        return false;
    }

    private void Advance() => _token = _lexer.Next();

    private Syntax? Fail(int column, string message)
    {
        _error ??= new LanguageError(column, message);
        return null;
    }

    private static int PowerOf(TokenKind kind) => kind switch
    {
        TokenKind.Or => 1,
        TokenKind.And => 2,
        >= TokenKind.Equal and <= TokenKind.GreaterOrEqual => ComparisonPower,
        TokenKind.Plus or TokenKind.Minus => 5,
        TokenKind.Times or TokenKind.Divide => 6,
        _ => 0,
    };

    private static string Describe(Token token) => token.Kind switch
    {
        TokenKind.End => "the end",
        TokenKind.Number => $"the number {token.Text}",
        TokenKind.Text => $"the text '{token.Text}'",
        TokenKind.Name => $"the name {token.Text}",
        TokenKind.And or TokenKind.Or or TokenKind.Not or TokenKind.True or TokenKind.False => $"'{token.Text}'",
        TokenKind.Plus => "'+'",
        TokenKind.Minus => "'-'",
        TokenKind.Times => "'*'",
        TokenKind.Divide => "'/'",
        TokenKind.Equal => "'=='",
        TokenKind.NotEqual => "'!='",
        TokenKind.Less => "'<'",
        TokenKind.LessOrEqual => "'<='",
        TokenKind.Greater => "'>'",
        TokenKind.GreaterOrEqual => "'>='",
        TokenKind.Open => "'('",
        TokenKind.Close => "')'",
        _ => "','",
    };
}
