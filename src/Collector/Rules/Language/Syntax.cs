namespace NocMonitor.Collector.Rules.Language;

/// <summary>A condition as written, before its names have a meaning. Equality of two trees ignores where they stood.</summary>
internal abstract record Syntax
{
    /// <summary>Where the part begins, from 1; for an operator the operator itself.</summary>
    public required int Column { get; init; }

    /// <summary>The part in canonical form; two parts that mean the same by form have the same text.</summary>
    public abstract override string ToString();
}

internal sealed record NumberSyntax(double Value, UnitKind Unit, string Text) : Syntax
{
    public override string ToString() => Value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}

internal sealed record TextSyntax(string Value) : Syntax
{
    public override string ToString() => $"\"{Value}\"";
}

internal sealed record BooleanSyntax(bool Value) : Syntax
{
    public override string ToString() => Value ? "true" : "false";
}

internal sealed record FieldSyntax(string Name) : Syntax
{
    public override string ToString() => $"`{Name}`";
}

internal sealed record CallSyntax(string Function, IReadOnlyList<Syntax> Arguments) : Syntax
{
    public override string ToString() => $"{Function.ToLowerInvariant()}({string.Join(", ", Arguments)})";
}

/// <summary>A sign or <c>not</c> before its operand.</summary>
internal sealed record UnarySyntax(TokenKind Operator, Syntax Operand) : Syntax
{
    public override string ToString() => $"{Operator}({Operand})";
}

internal sealed record BinarySyntax(TokenKind Operator, Syntax Left, Syntax Right) : Syntax
{
    public bool IsComparison => Operator is >= TokenKind.Equal and <= TokenKind.GreaterOrEqual;

    public override string ToString() => $"({Left} {Operator} {Right})";
}
