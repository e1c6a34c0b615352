using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace NocMonitor.TimeSeries.InfluxQl.Language;

/// <summary>
/// Reads statements by recursive descent. Errors are InfluxDB's, with the same places. Where one is found the whole text is refused. One parser a text.
/// </summary>
internal sealed partial class QueryParser
{
    /// <summary>Deeper nesting, or longer chains of operators, would cost stack when the tree is walked.</summary>
    private const int MostLevels = 100;
    private const int MostOperators = 2_000;

    private readonly Lexer _lexer;
    private readonly QueryParameters _parameters;
    private int _at;
    private int _levels;
    private int _operators;

    /// <summary>A parameter that the statement uses and nobody gave.</summary>
    private string? _missing;

    private QueryParser(string query, QueryParameters parameters)
    {
        _lexer = new Lexer(query);
        _parameters = parameters;
    }

    /// <exception cref="QuerySyntaxException">The text is no InfluxQL.</exception>
    public static IReadOnlyList<Statement> Parse(string query, QueryParameters parameters) => new QueryParser(query, parameters).ParseAll();

    private List<Statement> ParseAll()
    {
        var statements = new List<Statement>();
        var separated = true;
        while (true)
        {
            var token = Solid();
            switch (token.Kind)
            {
                case TokenKind.End when statements.Count == 0 && separated:
                    throw Expected(token, TopLevel);
                case TokenKind.End:
                    return statements;
                case TokenKind.Semicolon:
                    separated = true;
                    break;
                case var _ when !separated:
                    throw Expected(token, ";");
                default:
                    Back(token);
                    statements.Add(ParseStatement());
                    separated = false;
                    break;
            }
        }
    }

    /// <summary>The next token, white space and comments too.</summary>
    private Token Scan() => Take(_lexer.Scan(_at));

    /// <summary>The next token that is neither white space nor comment.</summary>
    private Token Solid()
    {
        var token = Scan();
        while (token.Kind is TokenKind.Space or TokenKind.Comment)
        {
            token = Scan();
        }

        return token;
    }

    private void Back(in Token token) => _at = token.Start;

    /// <summary>Takes the token when it is of the kind, else leaves it.</summary>
    private bool Accept(TokenKind kind)
    {
        var token = Solid();
        if (token.Kind != kind)
        {
            Back(token);
        }

        return token.Kind == kind;
    }

    /// <summary>Takes a word that is a keyword in one place only and a name everywhere else.</summary>
    private bool AcceptWord(string word)
    {
        var token = Solid();
        var found = token.Kind == TokenKind.Identifier && token.Text.Equals(word, StringComparison.OrdinalIgnoreCase);
        if (!found)
        {
            Back(token);
        }

        return found;
    }

    private void Require(params ReadOnlySpan<TokenKind> kinds)
    {
        foreach (var kind in kinds)
        {
            var token = Solid();
            if (token.Kind != kind)
            {
                throw Expected(token, Keywords.NameOf(kind));
            }
        }
    }

    private Token Take(Token token)
    {
        _at = token.End;
        return token.Kind == TokenKind.BoundParameter && _parameters.TryFind(token.Text[1..], out var kind, out var text)
            ? token with { Kind = kind, Text = text }
            : token;
    }

    /// <summary>True for a parameter that has no value: the statement goes on as if it had one, and is refused when it is run.</summary>
    private bool IsMissing(in Token token)
    {
        if (token.Kind != TokenKind.BoundParameter)
        {
            return false;
        }

        if (token.Text.Length == 1)
        {
            throw new QuerySyntaxException("empty bound parameter");
        }

        _missing ??= token.Text[1..];
        return true;
    }

    private string ParseName()
    {
        var token = Solid();
        return token.Kind == TokenKind.Identifier || IsMissing(token) ? token.Text : throw Expected(token, "identifier");
    }

    private List<string> ParseNames()
    {
        var names = new List<string> { ParseName() };
        while (Accept(TokenKind.Comma))
        {
            names.Add(ParseName());
        }

        return names;
    }

    private string ParseText()
    {
        var token = Solid();
        return token.Kind == TokenKind.Text ? token.Text : throw Expected(token, "string");
    }

    private bool TryParseRegex([NotNullWhen(true)] out RegexLiteral? regex)
    {
        regex = null;
        var before = _at;
        if (_lexer.Scan(_at) is { Kind: TokenKind.Space } space)
        {
            _at = space.End;
        }

        var token = _lexer.Peek(_at) switch
        {
            '/' => Take(_lexer.ScanRegex(_at)),
            '$' => Scan(),
            _ => default,
        };
        if (token.Kind == TokenKind.BadRegex)
        {
            throw Fault("bad regex: ", token);
        }

        if (token.Kind != TokenKind.Regex)
        {
            _at = before;
            return false;
        }

        regex = new RegexLiteral(token.Text, Compile(token));
        return true;
    }

    private RegexLiteral ParseRegex()
    {
        if (TryParseRegex(out var regex))
        {
            return regex;
        }

        var token = Solid();
        return IsMissing(token) ? new RegexLiteral("", Re2Pattern.Compile("")) : throw Expected(token, "regex");
    }

    private Regex Compile(in Token token)
    {
        try
        {
            return Re2Pattern.Compile(token.Text);
        }
        catch (FormatException fault)
        {
            throw Fault(fault.Message, token);
        }
    }

    private void Enter()
    {
        if (++_levels > MostLevels)
        {
            throw new QuerySyntaxException($"the statement is nested more than {MostLevels} levels deep");
        }
    }

    private void Leave() => _levels--;

    private QuerySyntaxException Expected(in Token token, params ReadOnlySpan<string> what) =>
        new($"found {token.Found}, expected {string.Join(", ", what)} at {_lexer.PlaceOf(token)}");

    private QuerySyntaxException Fault(string message, in Token token) => new($"{message} at {_lexer.PlaceOf(token)}");
}
