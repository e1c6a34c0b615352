namespace NocMonitor.TimeSeries.InfluxQl.Language;

/// <summary><c>SHOW</c> in its forms.</summary>
internal sealed partial class QueryParser
{
    private static readonly string[] Showable =
    [
        "CONTINUOUS", "DATABASES", "DIAGNOSTICS", "FIELD", "GRANTS", "MEASUREMENT", "MEASUREMENTS", "QUERIES", "RETENTION", "SERIES", "SHARD", "SHARDS",
        "STATS", "SUBSCRIPTIONS", "TAG", "USERS",
    ];

    private Statement ParseShow()
    {
        var word = Solid();
        return word.Kind switch
        {
            TokenKind.Continuous => Unsupported("SHOW CONTINUOUS QUERIES", TokenKind.Queries),
            TokenKind.Databases => new ShowStatement(ShowKind.Databases),
            TokenKind.Diagnostics => ParseModule("SHOW DIAGNOSTICS"),
            TokenKind.Field => ParseShowField(),
            TokenKind.Grants => ParseShowGrants(),
            TokenKind.Measurement => ParseCardinality(ShowKind.Measurements, keys: false),
            TokenKind.Measurements => ParseShowMeasurements(),
            TokenKind.Queries => new UnsupportedStatement("SHOW QUERIES"),
            TokenKind.Retention => ParseShowPolicies(),
            TokenKind.Series => ParseShowSeries(),
            TokenKind.Shard => Unsupported("SHOW SHARD GROUPS", TokenKind.Groups),
            TokenKind.Shards => new UnsupportedStatement("SHOW SHARDS"),
            TokenKind.Stats => ParseModule("SHOW STATS"),
            TokenKind.Subscriptions => new UnsupportedStatement("SHOW SUBSCRIPTIONS"),
            TokenKind.Tag => ParseShowTag(),
            TokenKind.Users => new UnsupportedStatement("SHOW USERS"),
            _ => throw Expected(word, Showable),
        };
    }

    private UnsupportedStatement Unsupported(string name, TokenKind required)
    {
        Require(required);
        return new UnsupportedStatement(name);
    }

    private UnsupportedStatement ParseModule(string name)
    {
        if (Accept(TokenKind.For))
        {
            ParseText();
        }

        return new UnsupportedStatement(name);
    }

    private UnsupportedStatement ParseShowGrants()
    {
        Require(TokenKind.For);
        ParseName();
        return new UnsupportedStatement("SHOW GRANTS");
    }

    private Statement ParseShowField()
    {
        var word = Solid();
        switch (word.Kind)
        {
            case TokenKind.Key:
                return ParseCardinality(ShowKind.FieldKeys, keys: false);
            case TokenKind.Keys:
                var statement = new ShowStatement(ShowKind.FieldKeys) { Database = ParseOn(), Sources = ParseFrom() };
                return Sorted(statement);
            default:
                throw Expected(word, "KEY", "KEYS");
        }
    }

    private Statement ParseShowTag()
    {
        var word = Solid();
        switch (word.Kind)
        {
            case TokenKind.Key:
                return ParseCardinality(ShowKind.TagKeys, keys: false);
            case TokenKind.Keys:
                var keys = new ShowStatement(ShowKind.TagKeys) { Database = ParseOn(), Sources = ParseFrom() };
                keys = keys with { Keys = Peeks(TokenKind.With) ? ParseKeyCondition() : null, Condition = ParseCondition() };
                return Sorted(keys);
            case TokenKind.Values:
                return ParseShowTagValues();
            default:
                throw Expected(word, "KEY", "KEYS", "VALUES");
        }
    }

    private Statement ParseShowTagValues()
    {
        if (Peeks(TokenKind.Exact) || Peeks(TokenKind.Cardinality))
        {
            return ParseCardinality(ShowKind.TagValues, keys: true);
        }

        var values = new ShowStatement(ShowKind.TagValues) { Database = ParseOn(), Sources = ParseFrom() };
        values = values with { Keys = ParseKeyCondition(), Condition = ParseCondition() };
        return Sorted(values);
    }

    private Statement ParseShowSeries()
    {
        if (Peeks(TokenKind.Exact) || Peeks(TokenKind.Cardinality))
        {
            return ParseCardinality(ShowKind.Series, keys: false);
        }

        var series = new ShowStatement(ShowKind.Series) { Database = ParseOn(), Sources = ParseFrom(), Condition = ParseCondition() };
        return Sorted(series);
    }

    private ShowStatement ParseShowPolicies()
    {
        Require(TokenKind.Policies);
        return new ShowStatement(ShowKind.RetentionPolicies) { Database = ParseOn() };
    }

    private Statement ParseShowMeasurements()
    {
        var (database, policy) = ParseOnAny();
        var statement = new ShowStatement(ShowKind.Measurements) { Database = database, Policy = policy };
        if (Accept(TokenKind.With))
        {
            Require(TokenKind.Measurement);
            var sign = Solid();
            if (sign.Kind is not (TokenKind.Equal or TokenKind.Matches))
            {
                throw Expected(sign, "=", "=~");
            }

            statement = statement with { Sources = [ParseSource(subqueries: false)] };
        }

        return Sorted(statement with { Condition = ParseCondition() });
    }

    private Statement Sorted(ShowStatement statement)
    {
        var sort = ParseSort();
        statement = statement with { Paging = ParsePaging(), SeriesLimit = ParseCount(TokenKind.SLimit), SeriesOffset = ParseCount(TokenKind.SOffset) };
        return sort.Count > 1 ? new RefusedStatement(OnlyByTime) : statement;
    }

    private CardinalityStatement ParseCardinality(ShowKind kind, bool keys)
    {
        var exact = Accept(TokenKind.Exact);
        var word = Solid();
        if (word.Kind != TokenKind.Cardinality)
        {
            throw exact ? Expected(word, "CARDINALITY") : Expected(word, "EXACT", "CARDINALITY");
        }

        ParseOn();
        var statement = new CardinalityStatement(kind, exact) { Sources = ParseFrom() };
        statement = statement with { Keys = keys ? ParseKeyCondition() : null, Condition = ParseCondition(), Dimensions = ParseDimensions() };
        return statement with { Paging = ParsePaging() };
    }

    private KeyCondition ParseKeyCondition()
    {
        Require(TokenKind.With, TokenKind.Key);
        var sign = Solid();
        switch (sign.Kind)
        {
            case TokenKind.In:
                Require(TokenKind.LeftParen);
                var keys = ParseNames();
                Require(TokenKind.RightParen);
                return new KeyCondition(TokenKind.In, keys, null);
            case TokenKind.Equal or TokenKind.NotEqual:
                return new KeyCondition(sign.Kind, [ParseName()], null);
            case TokenKind.Matches or TokenKind.NotMatches:
                return new KeyCondition(sign.Kind, [], ParseRegex().Regex);
            default:
                throw Expected(sign, "IN", "=", "=~");
        }
    }

    private bool Peeks(TokenKind kind)
    {
        var token = Solid();
        Back(token);
        return token.Kind == kind;
    }

    private string ParseOn() => Accept(TokenKind.On) ? ParseName() : "";

    private List<Source> ParseFrom() => Accept(TokenKind.From) ? ParseSources(subqueries: false) : [];

    /// <summary>A database, or a star for all of them, and perhaps a policy.</summary>
    private (string Database, string Policy) ParseOnAny()
    {
        if (!Accept(TokenKind.On))
        {
            return ("", "");
        }

        var database = NameOrStar();
        return (database, Accept(TokenKind.Dot) ? NameOrStar() : "");
    }

    private string NameOrStar()
    {
        var token = Solid();
        return token.Kind switch
        {
            TokenKind.Identifier => token.Text,
            TokenKind.Multiply => "*",
            _ => throw Expected(token, "identifier or *"),
        };
    }
}
