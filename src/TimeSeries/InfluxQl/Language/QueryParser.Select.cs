using System.Globalization;

namespace NocMonitor.TimeSeries.InfluxQl.Language;

/// <summary><c>SELECT</c> and its clauses.</summary>
internal sealed partial class QueryParser
{
    private const string OnlyByTime = "only ORDER BY time supported at this time";

    private SelectStatement ParseSelect(bool targetRequired)
    {
        Enter();
        var fields = ParseFields();
        var hasTarget = ParseTarget(targetRequired);
        Require(TokenKind.From);
        var statement = new SelectStatement { Fields = fields, HasTarget = hasTarget, Sources = ParseSources(subqueries: true), Condition = ParseCondition() };
        statement = statement with { Dimensions = ParseDimensions() };
        var (fill, value) = ParseFill();
        statement = statement with { Fill = fill, FillValue = value, Sort = ParseSort() };
        statement = statement with { Paging = ParsePaging(), SeriesLimit = ParseCount(TokenKind.SLimit), SeriesOffset = ParseCount(TokenKind.SOffset) };
        statement = statement with { Zone = ParseZone() };
        Leave();
        return statement;
    }

    private List<SelectField> ParseFields()
    {
        var fields = new List<SelectField>();
        do
        {
            fields.Add(ParseField());
        }
        while (Accept(TokenKind.Comma));
        return fields;
    }

    private SelectField ParseField()
    {
        if (!TryParseRegex(out var regex))
        {
            var first = Solid();
            Back(first);
            var expr = ParseExpr();
            if (FindCondition(expr) is { } sign)
            {
                throw new QuerySyntaxException(
                    $"invalid operator {Keywords.NameOf(sign)} in SELECT clause at {_lexer.PlaceOf(first)}; operator is intended for WHERE clause");
            }

            return new SelectField(expr, ParseAlias());
        }

        return new SelectField(regex, ParseAlias());
    }

    private string ParseAlias() => Accept(TokenKind.As) ? ParseName() : "";

    private static TokenKind? FindCondition(Expr expr) => expr switch
    {
        Binary { Operator: >= TokenKind.And and <= TokenKind.GreaterOrEqual } binary => binary.Operator,
        Binary binary => FindCondition(binary.Left) ?? FindCondition(binary.Right),
        Paren paren => FindCondition(paren.Inner),
        Call call => call.Arguments.Select(FindCondition).FirstOrDefault(found => found is not null),
        _ => null,
    };

    private bool ParseTarget(bool required)
    {
        var token = Solid();
        if (token.Kind != TokenKind.Into)
        {
            Back(token);
            return required ? throw Expected(token, "INTO") : false;
        }

        if (ParseSegments().Count < 3 && _lexer.Peek(_at) == ':')
        {
            Require(TokenKind.Colon, TokenKind.Measurement);
        }

        return true;
    }

    private List<Expr> ParseDimensions()
    {
        var dimensions = new List<Expr>();
        if (!Accept(TokenKind.Group))
        {
            return dimensions;
        }

        Require(TokenKind.By);
        do
        {
            dimensions.Add(TryParseRegex(out var regex) ? regex : ParseExpr());
        }
        while (Accept(TokenKind.Comma));
        return dimensions;
    }

    private (FillKind Kind, Literal? Value) ParseFill()
    {
        if (!StartsWithWord("fill"))
        {
            return (FillKind.Null, null);
        }

        var expr = ParseExpr();
        if (expr is not Call fill)
        {
            throw new QuerySyntaxException("fill must be a function call");
        }

        if (fill.Arguments.Count != 1)
        {
            throw new QuerySyntaxException("fill requires an argument, e.g.: 0, null, none, previous, linear");
        }

        return fill.Arguments[0] switch
        {
            Reference { Name: "null" } or NilLiteral => (FillKind.Null, null),
            Reference { Name: "none" } => (FillKind.None, null),
            Reference { Name: "previous" } => (FillKind.Previous, null),
            Reference { Name: "linear" } => (FillKind.Linear, null),
            IntegerLiteral or NumberLiteral => (FillKind.Number, (Literal)fill.Arguments[0]),
            _ => throw new QuerySyntaxException("expected number argument in fill()"),
        };
    }

    private bool StartsWithWord(string word)
    {
        var token = Solid();
        Back(token);
        return token.Kind == TokenKind.Identifier && token.Text.Equals(word, StringComparison.OrdinalIgnoreCase);
    }

    private List<SortField> ParseSort()
    {
        var fields = new List<SortField>();
        if (!Accept(TokenKind.Order))
        {
            return fields;
        }

        Require(TokenKind.By);
        var first = Solid();
        switch (first.Kind)
        {
            case TokenKind.Asc or TokenKind.Desc:
                fields.Add(new SortField("time", first.Kind == TokenKind.Asc));
                break;
            case TokenKind.Identifier:
                Back(first);
                fields.Add(ParseSortField());
                if (fields[0].Name != "time")
                {
                    throw new QuerySyntaxException(OnlyByTime);
                }

                break;
            default:
                throw Expected(first, "identifier", "ASC", "DESC");
        }

        while (Accept(TokenKind.Comma))
        {
            fields.Add(ParseSortField());
        }

        return fields;
    }

    private SortField ParseSortField()
    {
        var name = ParseName();
        return new SortField(name, !Accept(TokenKind.Desc) && (Accept(TokenKind.Asc) || true));
    }

    private Paging ParsePaging()
    {
        var limit = ParseCount(TokenKind.Limit);
        return new Paging(limit, ParseCount(TokenKind.Offset));
    }

    private int ParseCount(TokenKind keyword)
    {
        if (!Accept(keyword))
        {
            return 0;
        }

        var token = Solid();
        if (IsMissing(token))
        {
            return 0;
        }

        if (token.Kind != TokenKind.Integer)
        {
            throw Expected(token, "integer");
        }

        return long.TryParse(token.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count) && count < 0
            ? throw Fault($"{Keywords.NameOf(keyword)} must be >= 0", token)
            : count is > int.MaxValue or 0 && token.Text.Length > 9 ? int.MaxValue : (int)count;
    }

    private TimeZoneInfo? ParseZone()
    {
        if (!StartsWithWord("tz"))
        {
            return null;
        }

        if (ParseExpr() is not Call call)
        {
            throw new QuerySyntaxException("tz must be a function call");
        }

        if (call.Arguments.Count != 1)
        {
            throw new QuerySyntaxException("tz requires exactly one argument");
        }

        if (call.Arguments[0] is not TextLiteral name)
        {
            throw new QuerySyntaxException("expected string argument in tz()");
        }

        return name.Value is "UTC" or "" ? null
            : TimeZoneInfo.TryFindSystemTimeZoneById(name.Value, out var zone) ? zone
            : throw new QuerySyntaxException($"unable to find time zone {name.Value}");
    }
}
