namespace NocMonitor.Probes.Snmp.Profiles.Expressions;

/// <summary>
/// Arithmetic over named values, as <c>value:</c> of a symbol writes it. NaN stands for "no value" and makes everything that needs it NaN. Immutable;
/// evaluating allocates nothing.
/// </summary>
internal sealed class NumberExpression
{
    private readonly NumberTerm _root;

    internal NumberExpression(string text, IReadOnlyList<string> names, NumberTerm root)
    {
        Text = text;
        Names = names;
        _root = root;
    }

    public string Text { get; }

    /// <summary>The names used, each once; <see cref="Evaluate"/> takes their values in this order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Reads the text; on failure <paramref name="error"/> says what is wrong and where.</summary>
    public static NumberExpression? TryParse(string text, out string error) => new NumberExpressionParser(text).Parse(out error);

    /// <summary>The value; NaN when there is none.</summary>
    public double Evaluate(ReadOnlySpan<double> values)
    {
        var value = _root.Evaluate(values);
        return double.IsFinite(value) ? value : double.NaN;
    }

    public override string ToString() => Text;
}
