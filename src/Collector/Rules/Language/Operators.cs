namespace NocMonitor.Collector.Rules.Language;

/// <summary>An operator as a type argument, so that each gets its own compiled node without a branch.</summary>
internal interface IArithmetic
{
    static abstract double Apply(double left, double right);
}

internal readonly struct Add : IArithmetic
{
    public static double Apply(double left, double right) => left + right;
}

internal readonly struct Subtract : IArithmetic
{
    public static double Apply(double left, double right) => left - right;
}

internal readonly struct Multiply : IArithmetic
{
    public static double Apply(double left, double right) => left * right;
}

/// <summary>Division; by zero it is unknown, not infinite: a ratio without a base says nothing.</summary>
internal readonly struct Divide : IArithmetic
{
    public static double Apply(double left, double right) => right == 0 ? Node.Unknown : left / right;
}

internal sealed class ArithmeticNode<TOperator>(Node left, Node right) : Node
    where TOperator : struct, IArithmetic
{
    public override double Evaluate(ConditionFrame frame) => TOperator.Apply(left.Evaluate(frame), right.Evaluate(frame));
}

/// <inheritdoc cref="IArithmetic"/>
internal interface IComparison
{
    static abstract bool Holds(double left, double right);
}

internal readonly struct Equal : IComparison
{
    public static bool Holds(double left, double right) => left == right;
}

internal readonly struct NotEqual : IComparison
{
    public static bool Holds(double left, double right) => left != right;
}

internal readonly struct Less : IComparison
{
    public static bool Holds(double left, double right) => left < right;
}

internal readonly struct LessOrEqual : IComparison
{
    public static bool Holds(double left, double right) => left <= right;
}

internal readonly struct Greater : IComparison
{
    public static bool Holds(double left, double right) => left > right;
}

internal readonly struct GreaterOrEqual : IComparison
{
    public static bool Holds(double left, double right) => left >= right;
}

internal sealed class ComparisonNode<TOperator>(Node left, Node right) : Node
    where TOperator : struct, IComparison
{
    public override double Evaluate(ConditionFrame frame)
    {
        var first = left.Evaluate(frame);
        var second = right.Evaluate(frame);
        return double.IsNaN(first) || double.IsNaN(second) ? Unknown : TOperator.Holds(first, second) ? True : False;
    }
}

/// <summary>A field against a number: most conditions are nothing else, so it is one node and not three.</summary>
internal sealed class FieldComparisonNode<TOperator>(int slot, double limit) : Node
    where TOperator : struct, IComparison
{
    public override double Evaluate(ConditionFrame frame)
    {
        var value = frame.Values[slot];
        return double.IsNaN(value) ? Unknown : TOperator.Holds(value, limit) ? True : False;
    }
}
