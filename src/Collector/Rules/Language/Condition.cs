using NocMonitor.Collector.Alerts;

namespace NocMonitor.Collector.Rules.Language;


/// <summary>A compiled condition. Immutable; evaluation allocates nothing.</summary>
internal sealed class Condition(string text, Syntax syntax, Node root, Node observed, double limit)
{
    /// <summary>As written.</summary>
    public string Text => text;

    public Syntax Syntax => syntax;

    /// <summary>The number that the first comparison compares with: what an alert shows as its threshold. NaN when there is none.</summary>
    public double Limit => limit;

    public Truth Evaluate(ConditionFrame frame)
    {
        var value = root.Evaluate(frame);
        return double.IsNaN(value) ? Truth.Unknown : value == Node.False ? Truth.False : Truth.True;
    }

    /// <summary>The value that the first comparison looks at: what an alert shows as its value. NaN when it is a text or unknown.</summary>
    public double Observe(ConditionFrame frame) => observed.Evaluate(frame);

    /// <summary>Parses and compiles; null after an error, which is then in <paramref name="error"/>. Fields and windows are numbered in <paramref name="slots"/>.</summary>
    public static Condition? Compile(string text, FieldSlots slots, out LanguageError? error)
    {
        if (ConditionParser.Parse(text, out error) is not { } syntax)
        {
            return null;
        }

        var compiler = new ConditionCompiler(slots);
        var root = compiler.Condition(syntax);
        error = compiler.Error;
        return error is null && root is not null ? new Condition(text, syntax, root, compiler.Observed ?? root, compiler.Limit) : null;
    }
}
