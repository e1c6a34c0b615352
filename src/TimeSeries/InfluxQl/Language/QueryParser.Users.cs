namespace NocMonitor.TimeSeries.InfluxQl.Language;

/// <summary>Users, grants, subscriptions and continuous queries.</summary>
internal sealed partial class QueryParser
{
    private UnsupportedStatement ParseCreateUser()
    {
        ParseName();
        Require(TokenKind.With, TokenKind.Password);
        ParseText();
        if (Accept(TokenKind.With))
        {
            Require(TokenKind.All, TokenKind.Privileges);
        }

        return new UnsupportedStatement("CREATE USER");
    }

    private UnsupportedStatement ParseSetPassword()
    {
        Require(TokenKind.Password, TokenKind.For);
        ParseName();
        Require(TokenKind.Equal);
        ParseText();
        return new UnsupportedStatement("SET PASSWORD");
    }

    private UnsupportedStatement ParseGrant() => ParseRights("GRANT", TokenKind.To);

    private UnsupportedStatement ParseRevoke() => ParseRights("REVOKE", TokenKind.From);

    private UnsupportedStatement ParseRights(string name, TokenKind direction)
    {
        var all = ParsePrivilege();
        var word = Solid();
        if (word.Kind == TokenKind.On)
        {
            ParseName();
            Require(direction);
        }
        else if (word.Kind != direction || !all)
        {
            throw all ? Expected(word, "ON", Keywords.NameOf(direction)) : Expected(word, "ON");
        }

        ParseName();
        return new UnsupportedStatement(name);
    }

    /// <summary>True when it is all of them.</summary>
    private bool ParsePrivilege()
    {
        var word = Solid();
        switch (word.Kind)
        {
            case TokenKind.Read or TokenKind.Write:
                return false;
            case TokenKind.All:
                Accept(TokenKind.Privileges);
                return true;
            default:
                throw Expected(word, "READ", "WRITE", "ALL [PRIVILEGES]");
        }
    }

    private void ParseSubscriptionName()
    {
        ParseName();
        Require(TokenKind.On);
        ParseName();
        var dot = Scan();
        if (dot.Kind != TokenKind.Dot)
        {
            throw Expected(dot, ".");
        }

        ParseName();
    }

    private UnsupportedStatement ParseCreateSubscription()
    {
        ParseSubscriptionName();
        Require(TokenKind.Destinations);
        var mode = Solid();
        if (mode.Kind is not (TokenKind.All or TokenKind.Any))
        {
            throw Expected(mode, "ALL", "ANY");
        }

        do
        {
            ParseText();
        }
        while (Accept(TokenKind.Comma));
        return new UnsupportedStatement("CREATE SUBSCRIPTION");
    }

    private UnsupportedStatement ParseContinuousQuery()
    {
        ParseName();
        Require(TokenKind.On);
        ParseName();
        var (every, span) = Accept(TokenKind.Resample) ? ParseResample() : (0, 0);
        Require(TokenKind.Begin, TokenKind.Select);
        var source = ParseSelect(targetRequired: true);
        var interval = source.Dimensions.OfType<Call>().Where(call => call.Name == "time")
            .Select(call => call.Arguments.OfType<DurationLiteral>().FirstOrDefault()?.Nanoseconds ?? 0).FirstOrDefault();
        if (interval == 0 && source.Fields.Any(field => HasCall(field.Expr)))
        {
            throw Expected(Solid(), "GROUP BY time(...)");
        }

        Require(TokenKind.EndWord);
        var least = Math.Max(interval, every);
        return span == 0 || span >= least
            ? new UnsupportedStatement("CREATE CONTINUOUS QUERY")
            : throw new QuerySyntaxException(
                $"FOR duration must be >= GROUP BY time duration: must be a minimum of {DurationText.Format(least)}, got {DurationText.Format(span)}");
    }

    private (long Every, long For) ParseResample()
    {
        var every = Accept(TokenKind.Every) ? RequiredDuration() : 0;
        var span = Accept(TokenKind.For) ? RequiredDuration() : 0;
        return every == 0 && span == 0 ? throw Expected(Solid(), "EVERY", "FOR") : (every, span);
    }

    private long RequiredDuration()
    {
        var token = Solid();
        Back(token);
        return token.Kind == TokenKind.Duration ? ParseDuration() : throw Expected(token, "duration");
    }

    private static bool HasCall(Expr expr) => expr switch
    {
        Call => true,
        Binary binary => HasCall(binary.Left) || HasCall(binary.Right),
        Paren paren => HasCall(paren.Inner),
        _ => false,
    };
}
