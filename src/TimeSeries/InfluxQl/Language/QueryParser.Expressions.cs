using System.Globalization;

namespace NocMonitor.TimeSeries.InfluxQl.Language;

/// <summary>Expressions, by precedence.</summary>
internal sealed partial class QueryParser
{
    private Expr ParseExpr() => ParseExpr(0);

    /// <summary>Operators of one precedence group from the left.</summary>
    private Expr ParseExpr(int above)
    {
        Enter();
        var left = ParseUnary();
        while (true)
        {
            var sign = Solid();
            if (!Keywords.IsOperator(sign.Kind) || Keywords.PrecedenceOf(sign.Kind) <= above)
            {
                Back(sign);
                Leave();
                return left;
            }

            if (++_operators > MostOperators)
            {
                throw new QuerySyntaxException($"the statement has more than {MostOperators} operators");
            }

            var right = sign.Kind is TokenKind.Matches or TokenKind.NotMatches ? ParseRegex() : ParseExpr(Keywords.PrecedenceOf(sign.Kind));
            left = new Binary(sign.Kind, left, right);
        }
    }

    private Expr ParseUnary()
    {
        var token = Solid();
        switch (token.Kind)
        {
            case TokenKind.LeftParen:
                var inner = ParseExpr();
                Require(TokenKind.RightParen);
                return new Paren(inner);
            case TokenKind.Identifier:
                return ParseNamed(token);
            case TokenKind.Distinct:
                return ParseDistinct();
            case TokenKind.Text:
                return new TextLiteral(token.Text);
            case TokenKind.Number:
                return new NumberLiteral(double.Parse(token.Text, CultureInfo.InvariantCulture));
            case TokenKind.Integer:
                return Integer(token);
            case TokenKind.True or TokenKind.False:
                return new BooleanLiteral(token.Kind == TokenKind.True);
            case TokenKind.Duration:
                return DurationText.TryParse(token.Text, out var nanoseconds, out var error) ? new DurationLiteral(nanoseconds) : throw new QuerySyntaxException(error);
            case TokenKind.Multiply:
                return ParseWildcard();
            case TokenKind.Regex:
                return new RegexLiteral(token.Text, Compile(token));
            case TokenKind.Add or TokenKind.Subtract:
                return ParseSigned(token.Kind == TokenKind.Subtract);
            default:
                return IsMissing(token) ? new NilLiteral() : throw Expected(token, "identifier", "string", "number", "bool");
        }
    }

    private Literal Integer(in Token token) =>
        long.TryParse(token.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) ? new IntegerLiteral(integer)
        : ulong.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var unsigned) ? new UnsignedLiteral(unsigned)
        : throw Fault("unable to parse integer", token);

    private Expr ParseNamed(in Token name)
    {
        if (_lexer.Scan(_at).Kind == TokenKind.LeftParen)
        {
            Scan();
            return ParseCall(name.Text.ToLowerInvariant());
        }

        Back(name);
        return ParseReference();
    }

    private Reference ParseReference()
    {
        var name = string.Join('.', ParseSegments());
        if (_lexer.Scan(_at).Kind != TokenKind.DoubleColon)
        {
            return new Reference(name);
        }

        Scan();
        var type = Scan();
        return new Reference(name, type.Kind switch
        {
            TokenKind.Field => RefType.AnyField,
            TokenKind.Tag => RefType.Tag,
            TokenKind.Identifier => type.Text.ToLowerInvariant() switch
            {
                "float" => RefType.Float,
                "integer" => RefType.Integer,
                "unsigned" => RefType.Unsigned,
                "string" => RefType.Text,
                "boolean" => RefType.Boolean,
                _ => throw Expected(type, "float", "integer", "unsigned", "string", "boolean", "field", "tag"),
            },
            _ => throw Expected(type, "float", "integer", "string", "boolean", "field", "tag"),
        });
    }

    private Wildcard ParseWildcard()
    {
        if (_lexer.Scan(_at).Kind != TokenKind.DoubleColon)
        {
            return new Wildcard();
        }

        Scan();
        var type = Scan();
        return type.Kind switch
        {
            TokenKind.Field => new Wildcard(RefType.AnyField),
            TokenKind.Tag => new Wildcard(RefType.Tag),
            _ => throw Expected(type, "field", "tag"),
        };
    }

    private Expr ParseDistinct()
    {
        var next = Scan();
        if (next.Kind == TokenKind.LeftParen)
        {
            return ParseCall("distinct");
        }

        if (next.Kind != TokenKind.Space)
        {
            throw Expected(next, "(", "identifier");
        }

        return new DistinctWord(ParseName());
    }

    private Expr ParseSigned(bool negative)
    {
        var token = Solid();
        if (token.Kind is not (TokenKind.Number or TokenKind.Integer or TokenKind.Duration or TokenKind.LeftParen or TokenKind.Identifier))
        {
            throw Expected(token, "identifier", "number", "duration", "(");
        }

        Back(token);
        Enter();
        var operand = ParseUnary();
        Leave();
        var sign = negative ? -1 : 1;
        return operand switch
        {
            NumberLiteral number => new NumberLiteral(number.Value * sign),
            IntegerLiteral integer => new IntegerLiteral(unchecked(integer.Value * sign)),
            DurationLiteral duration => new DurationLiteral(duration.Nanoseconds * sign),
            UnsignedLiteral { Value: 1UL << 63 } when negative => new IntegerLiteral(long.MinValue),
            UnsignedLiteral unsigned => negative ? throw new QuerySyntaxException($"constant -{unsigned.Value} underflows int64") : unsigned,
            _ => new Binary(TokenKind.Multiply, new IntegerLiteral(sign), operand),
        };
    }

    /// <summary>The name and the left parenthesis are taken.</summary>
    private Call ParseCall(string name)
    {
        Enter();
        var arguments = new List<Expr>();
        if (_lexer.Scan(_at).Kind == TokenKind.RightParen)
        {
            Scan();
            Leave();
            return new Call(name, arguments);
        }

        do
        {
            arguments.Add(TryParseRegex(out var regex) ? regex : ParseExpr());
        }
        while (Accept(TokenKind.Comma));
        Require(TokenKind.RightParen);
        Leave();
        return new Call(name, arguments);
    }
}
