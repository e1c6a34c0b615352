namespace NocMonitor.TimeSeries.InfluxQl.Language;

/// <summary>Which statement begins with which words.</summary>
internal sealed partial class QueryParser
{
    private static readonly string[] TopLevel = ["SELECT", "DELETE", "SHOW", "CREATE", "DROP", "EXPLAIN", "GRANT", "REVOKE", "ALTER", "SET", "KILL"];

    private Statement ParseStatement()
    {
        _missing = null;
        _operators = 0;
        var statement = ParseByWord();
        return _missing is null ? statement : new RefusedStatement($"missing parameter: {_missing}");
    }

    private Statement ParseByWord()
    {
        var word = Solid();
        return word.Kind switch
        {
            TokenKind.Select => ParseSelect(targetRequired: false),
            TokenKind.Delete => ParseDelete(),
            TokenKind.Show => ParseShow(),
            TokenKind.Create => ParseCreate(),
            TokenKind.Drop => ParseDrop(),
            TokenKind.Explain => ParseExplain(),
            TokenKind.Grant => ParseGrant(),
            TokenKind.Revoke => ParseRevoke(),
            TokenKind.Alter => ParseAlter(),
            TokenKind.Set => ParseSetPassword(),
            TokenKind.Kill => ParseKill(),
            _ => throw Expected(word, TopLevel),
        };
    }

    private UnsupportedStatement ParseExplain()
    {
        Accept(TokenKind.Analyze);
        Accept(TokenKind.Verbose);
        Require(TokenKind.Select);
        ParseSelect(targetRequired: false);
        return new UnsupportedStatement("EXPLAIN");
    }

    private UnsupportedStatement ParseKill()
    {
        Require(TokenKind.Query);
        ParseInteger();
        if (Accept(TokenKind.On))
        {
            ParseName();
        }

        return new UnsupportedStatement("KILL QUERY");
    }

    private DeleteStatement ParseDelete()
    {
        var first = Solid();
        Back(first);
        var sources = Accept(TokenKind.From) ? ParseSources(subqueries: false) : [];
        if (sources.OfType<MeasurementSource>().Any(source => source.Database.Length > 0))
        {
            throw new QuerySyntaxException("database not supported at line 1, char 1");
        }

        return new DeleteStatement(sources, RequiredCondition(sources, first), DropsSeries: false);
    }

    private DeleteStatement ParseDropSeries()
    {
        var first = Solid();
        Back(first);
        var sources = Accept(TokenKind.From) ? ParseSources(subqueries: false) : [];
        foreach (var source in sources.OfType<MeasurementSource>())
        {
            if (source.Policy.Length > 0 || source.Database.Length > 0)
            {
                throw new QuerySyntaxException($"{(source.Policy.Length > 0 ? "retention policy" : "database")} not supported at line 1, char 1");
            }
        }

        return new DeleteStatement(sources, RequiredCondition(sources, first), DropsSeries: true);
    }

    /// <summary>Without a source there must be a condition, so that nobody deletes everything by a slip.</summary>
    private Expr? RequiredCondition(List<Source> sources, in Token first)
    {
        var condition = ParseCondition();
        return condition is null && sources.Count == 0 ? throw Expected(first, "FROM", "WHERE") : condition;
    }

    private Statement ParseDrop()
    {
        var word = Solid();
        switch (word.Kind)
        {
            case TokenKind.Continuous:
                Require(TokenKind.Query);
                ParseName();
                Require(TokenKind.On);
                ParseName();
                return new UnsupportedStatement("DROP CONTINUOUS QUERY");
            case TokenKind.Database:
                ParseName();
                return new UnsupportedStatement("DROP DATABASE");
            case TokenKind.Measurement:
                return new DeleteStatement([new MeasurementSource("", "", ParseName(), null)], null, DropsSeries: true);
            case TokenKind.Retention:
                Require(TokenKind.Policy);
                ParseName();
                Require(TokenKind.On);
                ParseName();
                return new UnsupportedStatement("DROP RETENTION POLICY");
            case TokenKind.Series:
                return ParseDropSeries();
            case TokenKind.Shard:
                ParseInteger();
                return new UnsupportedStatement("DROP SHARD");
            case TokenKind.Subscription:
                ParseSubscriptionName();
                return new UnsupportedStatement("DROP SUBSCRIPTION");
            case TokenKind.User:
                ParseName();
                return new UnsupportedStatement("DROP USER");
            default:
                throw Expected(word, "CONTINUOUS", "DATABASE", "MEASUREMENT", "RETENTION", "SERIES", "SHARD", "SUBSCRIPTION", "USER");
        }
    }
}
