namespace NocMonitor.TimeSeries.InfluxQl.Language;

/// <summary>A token with its place in the text. Text is what a literal says, unquoted; empty for symbols and keywords.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int End, string Text)
{
    /// <summary>The token as "found X" names it.</summary>
    public string Found => Text.Length > 0 ? Text : Keywords.NameOf(Kind);
}
