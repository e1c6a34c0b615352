namespace NocMonitor.Collector.Rules.Language;

internal enum TokenKind
{
    End,
    Number,
    Text,
    Name,
    And,
    Or,
    Not,
    True,
    False,
    Plus,
    Minus,
    Times,
    Divide,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Open,
    Close,
    Comma,
}

/// <summary>One word of a condition. <see cref="Text"/> is a name or the inside of a quoted text; <see cref="Number"/> has its unit applied.</summary>
internal readonly record struct Token(TokenKind Kind, int Column, string Text = "", double Number = 0, UnitKind Unit = UnitKind.None);
