using NocMonitor.Collector.Rules.Windows;

namespace NocMonitor.Collector.Rules.Language;

/// <summary>
/// One part of a compiled condition. All values are doubles: true is 1, false is 0 and unknown is NaN, which arithmetic hands on by itself.
/// Immutable and without allocation when evaluated; what varies is in the frame.
/// </summary>
internal abstract class Node
{
    public const double True = 1;
    public const double False = 0;
    public const double Unknown = double.NaN;

    public abstract double Evaluate(ConditionFrame frame);
}

internal sealed class ConstantNode(double value) : Node
{
    public double Value => value;

    public override double Evaluate(ConditionFrame frame) => value;
}

internal sealed class FieldNode(int slot) : Node
{
    public int Slot => slot;

    public override double Evaluate(ConditionFrame frame) => frame.Values[slot];
}

internal sealed class NegateNode(Node operand) : Node
{
    public override double Evaluate(ConditionFrame frame) => -operand.Evaluate(frame);
}

/// <summary>A field or number where a claim is wanted: not 0 is true.</summary>
internal sealed class ClaimNode(Node operand) : Node
{
    public override double Evaluate(ConditionFrame frame)
    {
        var value = operand.Evaluate(frame);
        return double.IsNaN(value) ? Unknown : value != 0 ? True : False;
    }
}

internal sealed class NotNode(Node operand) : Node
{
    public override double Evaluate(ConditionFrame frame) => True - operand.Evaluate(frame);
}

/// <summary>Kleene's and: false as soon as one side is, unknown when that depends on an unknown.</summary>
internal sealed class AndNode(Node left, Node right) : Node
{
    public override double Evaluate(ConditionFrame frame)
    {
        var first = left.Evaluate(frame);
        if (first == False)
        {
            return False;
        }

        var second = right.Evaluate(frame);
        return second == False ? False : first * second;
    }
}

/// <summary>Kleene's or: true as soon as one side is, unknown when that depends on an unknown.</summary>
internal sealed class OrNode(Node left, Node right) : Node
{
    public override double Evaluate(ConditionFrame frame)
    {
        var first = left.Evaluate(frame);
        if (first == True)
        {
            return True;
        }

        var second = right.Evaluate(frame);
        return second == True ? True : first + second;
    }
}

/// <summary>Equality of a string field with a text, exact in case; unknown where the field is absent or no string.</summary>
internal sealed class TextEqualsNode(int slot, string text, bool equal) : Node
{
    public override double Evaluate(ConditionFrame frame) =>
        frame.Texts[slot] is { } value ? string.Equals(value, text, StringComparison.Ordinal) == equal ? True : False : Unknown;
}

/// <summary>Whether a field is there, of whatever kind.</summary>
internal sealed class PresenceNode(int slot) : Node
{
    public override double Evaluate(ConditionFrame frame) => frame.Texts[slot] is not null || !double.IsNaN(frame.Values[slot]) ? True : False;
}

/// <summary>The first of several numbers that is known.</summary>
internal sealed class FirstKnownNode(Node[] choices) : Node
{
    public override double Evaluate(ConditionFrame frame)
    {
        foreach (var choice in choices)
        {
            if (choice.Evaluate(frame) is var value && !double.IsNaN(value))
            {
                return value;
            }
        }

        return Unknown;
    }
}

/// <summary>A value that a function takes from the window of a field.</summary>
internal sealed class WindowNode<TWindow>(int window, Func<TWindow, ConditionFrame, double> read) : Node
    where TWindow : SeriesWindow
{
    public override double Evaluate(ConditionFrame frame) => frame.Windows[window] is TWindow present ? read(present, frame) : Unknown;
}

/// <summary>A value computed from the current value of a field and the time of the sample.</summary>
internal sealed class SampleNode(int slot, Func<double, long, double> read) : Node
{
    public override double Evaluate(ConditionFrame frame) => read(frame.Values[slot], frame.Time);
}
