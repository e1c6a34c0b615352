using NocMonitor.Collector.Alerts;

namespace NocMonitor.Collector.Rules.Language;

/// <summary>A compiled condition. Immutable; evaluation allocates nothing.</summary>
internal sealed class Condition
{
    private readonly Node _root;
    private readonly Node _observed;
    private readonly Node? _limit;

    private Condition(string text, Syntax syntax, Node root, ConditionCompiler compiler)
    {
        Text = text;
        Syntax = syntax;
        _root = root;
        _observed = compiler.Observed ?? root;
        _limit = compiler.Limit;
        Windows = compiler.Windows;
    }

    /// <summary>As written.</summary>
    public string Text { get; }

    public Syntax Syntax { get; }

    /// <summary>The number that the first comparison compares with where it is the same for every sample; NaN otherwise.</summary>
    public double Limit => _limit is ConstantNode constant ? constant.Value : double.NaN;

    /// <summary>The windows it reads, as <see cref="FieldSlots.Windows"/> numbers them.</summary>
    public IReadOnlyCollection<int> Windows { get; }

    public Truth Evaluate(ConditionFrame frame)
    {
        var value = _root.Evaluate(frame);
        return double.IsNaN(value) ? Truth.Unknown : value == Node.False ? Truth.False : Truth.True;
    }

    /// <summary>The value that the first comparison looks at: what an alert shows as its value. NaN when it is a text or unknown.</summary>
    public double Observe(ConditionFrame frame) => _observed.Evaluate(frame);

    /// <summary>What the first comparison compares that with: what an alert shows as its threshold. NaN when there is none or it is unknown.</summary>
    public double ObserveLimit(ConditionFrame frame) => _limit?.Evaluate(frame) ?? double.NaN;

    /// <summary>Parses and compiles; null after an error, which is then in <paramref name="error"/>. Fields and windows are numbered in <paramref name="slots"/>.</summary>
    public static Condition? Compile(string text, FieldSlots slots, out LanguageError? error) =>
        Compile(text, slots, static (compiler, syntax) => compiler.Condition(syntax), out error);

    /// <summary>The same for an expression that gives a number; <see cref="Observe"/> gives it.</summary>
    public static Condition? CompileNumber(string text, FieldSlots slots, out LanguageError? error) =>
        Compile(text, slots, static (compiler, syntax) => compiler.Number(syntax), out error);

    private static Condition? Compile(string text, FieldSlots slots, Func<ConditionCompiler, Syntax, Node?> compile, out LanguageError? error)
    {
        if (ConditionParser.Parse(text, out error) is not { } syntax)
        {
            return null;
        }

        var compiler = new ConditionCompiler(slots);
        var root = compile(compiler, syntax);
        error = compiler.Error;
        return error is null && root is not null ? new Condition(text, syntax, root, compiler) : null;
    }
}
