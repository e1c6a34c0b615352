namespace NocMonitor.TimeSeries.InfluxQl.Language;

/// <summary>Sources, names in segments, and conditions.</summary>
internal sealed partial class QueryParser
{
    private const int MostSegments = 3;

    private List<Source> ParseSources(bool subqueries)
    {
        var sources = new List<Source>();
        do
        {
            sources.Add(ParseSource(subqueries));
        }
        while (Accept(TokenKind.Comma));
        return sources;
    }

    private Source ParseSource(bool subqueries)
    {
        if (TryParseRegex(out var regex))
        {
            return new MeasurementSource("", "", "", regex.Regex);
        }

        if (subqueries && Accept(TokenKind.LeftParen))
        {
            Require(TokenKind.Select);
            var statement = ParseSelect(targetRequired: false);
            Require(TokenKind.RightParen);
            return new SubquerySource(statement);
        }

        var segments = ParseSegments();
        if (segments.Count < MostSegments && _lexer.Peek(_at) == '/' && _at > 0 && _lexer.Peek(_at - 1) == '.' && TryParseRegex(out regex))
        {
            return segments.Count == 1
                ? new MeasurementSource("", segments[0], "", regex.Regex)
                : new MeasurementSource(segments[0], segments[1], "", regex.Regex);
        }

        return segments.Count switch
        {
            1 => new MeasurementSource("", "", segments[0], null),
            2 => new MeasurementSource("", segments[0], segments[1], null),
            _ => new MeasurementSource(segments[0], segments[1], segments[2], null),
        };
    }

    /// <summary>Names joined by full stops; a regular expression or a colon after a full stop is left to the caller.</summary>
    private List<string> ParseSegments()
    {
        var segments = new List<string> { ParseName() };
        while (_lexer.Scan(_at).Kind == TokenKind.Dot)
        {
            Scan();
            var next = _lexer.Peek(_at);
            if (next is '/' or ':')
            {
                break;
            }

            segments.Add(next == '.' ? "" : ParseName());
        }

        return segments.Count <= MostSegments
            ? segments
            : throw new QuerySyntaxException($"too many segments in {string.Join('.', segments.Select(segment => $"\"{segment}\""))} at line 1, char 1");
    }

    private Expr? ParseCondition() => Accept(TokenKind.Where) ? ParseExpr() : null;
}
