namespace NocMonitor.TimeSeries.InfluxQl.Language;

/// <summary>What a token of InfluxQL is. Keywords are named as they are written.</summary>
internal enum TokenKind
{
    Illegal, End, Space, Comment,

    Identifier, BoundParameter, Number, Integer, Duration, Text, BadText, BadEscape, Regex, BadRegex,

    Add, Subtract, Multiply, Divide, Modulo, BitwiseAnd, BitwiseOr, BitwiseXor,
    And, Or, Equal, NotEqual, Matches, NotMatches, Less, LessOrEqual, Greater, GreaterOrEqual,

    LeftParen, RightParen, Comma, Colon, DoubleColon, Semicolon, Dot,

    True, False,

    All, Alter, Analyze, Any, As, Asc, Begin, By, Cardinality, Create, Continuous, Database, Databases, Default, Delete, Desc, Destinations,
    Diagnostics, Distinct, Drop, DurationWord, EndWord, Every, Exact, Explain, Field, For, From, Grant, Grants, Group, Groups, In, Inf, Insert, Into, Key, Keys,
    Kill, Limit, Measurement, Measurements, Name, Offset, On, Order, Password, Policy, Policies, Privileges, Queries, Query, Read, Replication,
    Resample, Retention, Revoke, Select, Series, Set, Shard, Shards, Show, SLimit, SOffset, Stats, Subscription, Subscriptions, Tag, To, User, Users, Values,
    Verbose, Where, With, Write,
}
