using System.Globalization;

namespace NocMonitor.TimeSeries.InfluxQl.Language;

/// <summary>Statements about databases, policies, users and the like: read in full, so that a wrong one is told so, and mostly of no consequence here.</summary>
internal sealed partial class QueryParser
{
    private Statement ParseCreate()
    {
        var word = Solid();
        switch (word.Kind)
        {
            case TokenKind.Continuous:
                Require(TokenKind.Query);
                return ParseContinuousQuery();
            case TokenKind.Database:
                return ParseCreateDatabase();
            case TokenKind.User:
                return ParseCreateUser();
            case TokenKind.Retention:
                Require(TokenKind.Policy);
                return ParseCreatePolicy();
            case TokenKind.Subscription:
                return ParseCreateSubscription();
            default:
                throw Expected(word, "CONTINUOUS", "DATABASE", "USER", "RETENTION", "SUBSCRIPTION");
        }
    }

    private CreateDatabaseStatement ParseCreateDatabase()
    {
        var name = ParseName();
        if (!Accept(TokenKind.With))
        {
            return new CreateDatabaseStatement(name);
        }

        var first = Solid();
        Back(first);
        if (first.Kind is not (TokenKind.DurationWord or TokenKind.Name or TokenKind.Replication or TokenKind.Shard) && !IsWriteLimit(first))
        {
            throw Expected(first, "DURATION", "NAME", "REPLICATION", "SHARD", "FUTURE", "PAST");
        }

        if (Accept(TokenKind.DurationWord))
        {
            ParseDuration();
        }

        if (Accept(TokenKind.Replication))
        {
            ParseInteger();
        }

        if (Accept(TokenKind.Shard))
        {
            Require(TokenKind.DurationWord);
            ParseDuration();
        }

        ParseWriteLimits();
        if (Accept(TokenKind.Name))
        {
            ParseName();
        }

        return new CreateDatabaseStatement(name);
    }

    private UnsupportedStatement ParseCreatePolicy()
    {
        ParseName();
        Require(TokenKind.On);
        ParseName();
        Require(TokenKind.DurationWord);
        ParseDuration();
        Require(TokenKind.Replication);
        ParseInteger();
        if (Accept(TokenKind.Shard))
        {
            Require(TokenKind.DurationWord);
            ParseShardDuration();
        }

        Accept(TokenKind.Default);
        ParseWriteLimits();
        return new UnsupportedStatement("CREATE RETENTION POLICY");
    }

    private UnsupportedStatement ParseAlter()
    {
        Require(TokenKind.Retention, TokenKind.Policy);
        if (!Accept(TokenKind.Default))
        {
            ParseName();
        }

        Require(TokenKind.On);
        ParseName();
        var given = new HashSet<string>(StringComparer.Ordinal);
        while (ParsePolicyOption(given))
        {
        }

        return new UnsupportedStatement("ALTER RETENTION POLICY");
    }

    private bool ParsePolicyOption(HashSet<string> given)
    {
        var token = Solid();
        var name = IsWriteLimit(token) ? token.Text.ToUpperInvariant() : Keywords.NameOf(token.Kind);
        if (given.Contains(name))
        {
            throw Fault($"found duplicate {name} option", token);
        }

        switch (name)
        {
            case "DURATION":
                ParseDuration();
                break;
            case "REPLICATION":
                ParseInteger();
                break;
            case "SHARD":
                Require(TokenKind.DurationWord);
                ParseShardDuration();
                break;
            case "DEFAULT":
                break;
            case "FUTURE" or "PAST":
                Require(TokenKind.Limit);
                ParseDuration();
                break;
            default:
                Back(token);
                return given.Count == 0 ? throw Expected(token, "DURATION", "REPLICATION", "SHARD", "DEFAULT", "FUTURE", "PAST") : false;
        }

        given.Add(name);
        return true;
    }

    private static bool IsWriteLimit(in Token token) =>
        token.Kind == TokenKind.Identifier
        && (token.Text.Equals("FUTURE", StringComparison.OrdinalIgnoreCase) || token.Text.Equals("PAST", StringComparison.OrdinalIgnoreCase));

    private void ParseWriteLimits()
    {
        foreach (var word in new[] { "FUTURE", "PAST" })
        {
            if (AcceptWord(word))
            {
                Require(TokenKind.Limit);
                ParseDuration();
            }
        }
    }

    private void ParseShardDuration()
    {
        var token = Solid();
        if (token.Kind == TokenKind.Inf)
        {
            throw Fault("invalid duration INF for shard duration", token);
        }

        Back(token);
        ParseDuration();
    }

    private long ParseDuration()
    {
        var token = Solid();
        return token.Kind switch
        {
            TokenKind.Inf => 0,
            TokenKind.Duration => DurationText.TryParse(token.Text, out var nanoseconds, out var error) ? nanoseconds : throw Fault(error, token),
            _ => throw Expected(token, "duration"),
        };
    }

    private ulong ParseInteger()
    {
        var token = Solid();
        return token.Kind != TokenKind.Integer ? throw Expected(token, "integer")
            : ulong.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value
            : throw Fault($"strconv.ParseUint: parsing \"{token.Text}\": value out of range", token);
    }
}
