using System.Text.RegularExpressions;
using NocMonitor.TimeSeries.InfluxQl.Functions;
using NocMonitor.TimeSeries.InfluxQl.Language;

namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>Gives the values of one row at a time.</summary>
internal interface IRowValues
{
    Value Get(int slot);
}

/// <summary>An expression made ready to be computed row after row. Immutable.</summary>
internal abstract class RowEvaluator
{
    public abstract Value Evaluate(IRowValues row);

    /// <summary>Of a condition, in which whole numbers divide to whole numbers, as InfluxDB has it.</summary>
    /// <param name="slotOf">The slot that a reference is read from.</param>
    public static RowEvaluator Condition(Expr expr, Func<Reference, int?> slotOf) => Build(expr, each => each is Reference reference ? slotOf(reference) : null, wholeQuotients: true);

    /// <param name="slotOf">The slot that a part of the expression is read from; null when it has to be computed.</param>
    public static RowEvaluator Build(Expr expr, Func<Expr, int?> slotOf) => Build(expr, slotOf, wholeQuotients: false);

    private static RowEvaluator Build(Expr expr, Func<Expr, int?> slotOf, bool wholeQuotients) => slotOf(expr) is { } slot ? new Slot(slot) : expr switch
    {
        Paren paren => Build(paren.Inner, slotOf, wholeQuotients),
        NumberLiteral number => new Constant(Value.Of(number.Value)),
        IntegerLiteral integer => new Constant(Value.Of(integer.Value)),
        UnsignedLiteral unsigned => new Constant(Value.Of(unsigned.Value)),
        TextLiteral text => new Constant(Value.Of(text.Value)),
        BooleanLiteral boolean => new Constant(Value.Of(boolean.Value)),
        DurationLiteral duration => new Constant(Value.Of(duration.Nanoseconds)),
        TimeLiteral time => new Constant(Value.Of(time.Nanoseconds)),
        Binary { Right: RegexLiteral regex } binary => new Match(Build(binary.Left, slotOf, wholeQuotients), regex.Regex, binary.Operator == TokenKind.Matches),
        Binary { Operator: TokenKind.And or TokenKind.Or } binary => new Logic(
            Build(binary.Left, slotOf, wholeQuotients), Build(binary.Right, slotOf, wholeQuotients), binary.Operator == TokenKind.And),
        Binary { Operator: TokenKind.Divide } binary when wholeQuotients => new Quotient(Build(binary.Left, slotOf, wholeQuotients), Build(binary.Right, slotOf, wholeQuotients)),
        Binary binary => new Operation(binary.Operator, Build(binary.Left, slotOf, wholeQuotients), Build(binary.Right, slotOf, wholeQuotients)),
        Call call when FunctionFacts.IsMath(call.Name) => new MathCall(call.Name, [.. call.Arguments.Select(argument => Build(argument, slotOf, wholeQuotients))]),
        _ => new Constant(Value.None),
    };

    private sealed class Slot(int number) : RowEvaluator
    {
        public override Value Evaluate(IRowValues row) => row.Get(number);
    }

    private sealed class Constant(Value value) : RowEvaluator
    {
        public override Value Evaluate(IRowValues row) => value;
    }

    private sealed class Match(RowEvaluator text, Regex regex, bool wanted) : RowEvaluator
    {
        public override Value Evaluate(IRowValues row)
        {
            var value = text.Evaluate(row);
            return Value.Of(value.Type == ValueType.Text && regex.IsMatch(value.Text) == wanted);
        }
    }

    private sealed class Logic(RowEvaluator left, RowEvaluator right, bool and) : RowEvaluator
    {
        public override Value Evaluate(IRowValues row)
        {
            var first = IsTrue(left.Evaluate(row));
            return Value.Of(first == and ? IsTrue(right.Evaluate(row)) : first);
        }

        private static bool IsTrue(in Value value) => value.Type == ValueType.Boolean && value.Boolean;
    }

    private sealed class Operation(TokenKind sign, RowEvaluator left, RowEvaluator right) : RowEvaluator
    {
        public override Value Evaluate(IRowValues row) => Operators.Apply(sign, left.Evaluate(row), right.Evaluate(row));
    }

    private sealed class Quotient(RowEvaluator left, RowEvaluator right) : RowEvaluator
    {
        public override Value Evaluate(IRowValues row)
        {
            var (a, b) = (left.Evaluate(row), right.Evaluate(row));
            return a.Type != ValueType.Integer || b.Type != ValueType.Integer ? Operators.Apply(TokenKind.Divide, a, b)
                : Value.Of(b.Integer switch { 0 => 0, -1 => unchecked(-a.Integer), var divisor => a.Integer / divisor });
        }
    }

    private sealed class MathCall(string name, RowEvaluator[] arguments) : RowEvaluator
    {
        public override Value Evaluate(IRowValues row) =>
            MathFunctions.Apply(name, arguments[0].Evaluate(row), arguments.Length > 1 ? arguments[1].Evaluate(row) : Value.None);
    }
}
