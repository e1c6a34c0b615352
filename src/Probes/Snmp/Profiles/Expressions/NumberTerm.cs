namespace NocMonitor.Probes.Snmp.Profiles.Expressions;

/// <summary>A node of a <see cref="NumberExpression"/>.</summary>
internal abstract class NumberTerm
{
    public abstract double Evaluate(ReadOnlySpan<double> values);
}

internal sealed class ConstantTerm(double value) : NumberTerm
{
    public override double Evaluate(ReadOnlySpan<double> values) => value;
}

internal sealed class NameTerm(int index) : NumberTerm
{
    public override double Evaluate(ReadOnlySpan<double> values) => values[index];
}

internal sealed class BinaryTerm(Func<double, double, double> operation, NumberTerm left, NumberTerm right) : NumberTerm
{
    public override double Evaluate(ReadOnlySpan<double> values)
    {
        var a = left.Evaluate(values);
        var b = right.Evaluate(values);
        return double.IsNaN(a) || double.IsNaN(b) ? double.NaN : operation(a, b);
    }
}

internal sealed class CallTerm(NumberFunction function, NumberTerm[] arguments) : NumberTerm
{
    public override double Evaluate(ReadOnlySpan<double> values) => function.Call(arguments, values);
}
