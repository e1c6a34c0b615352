using NocMonitor.Collector.Rules.Windows;

namespace NocMonitor.Collector.Rules.Language;

/// <summary>One call while it is compiled: gives the arguments in the form a function wants and notes the first error at its column.</summary>
internal sealed class FunctionCall(CallSyntax call, FieldSlots slots, ISet<int> windows, Func<Syntax, Node?> number)
{
    private const double LongestWindowSeconds = 90 * 86400.0;

    public LanguageError? Error { get; private set; }

    public int Count => call.Arguments.Count;

    public Node? Fail(int argument, string message)
    {
        Error ??= new LanguageError(call.Arguments[argument].Column, $"{call.Function}: {message}");
        return null;
    }

    /// <summary>A number written as such, a sign before it allowed.</summary>
    public double Number(int argument)
    {
        switch (call.Arguments[argument])
        {
            case NumberSyntax number:
                return number.Value;
            case UnarySyntax { Operator: TokenKind.Minus, Operand: NumberSyntax number }:
                return -number.Value;
            default:
                Fail(argument, "this argument is a number");
                return 0;
        }
    }

    /// <summary>A duration written as such, in nanoseconds.</summary>
    public long Duration(int argument)
    {
        if (call.Arguments[argument] is not NumberSyntax { Unit: UnitKind.Seconds } number)
        {
            Fail(argument, "this argument is a duration such as 10m or 6h");
        }
        else if (number.Value is < 0.001 or > LongestWindowSeconds)
        {
            Fail(argument, "a duration goes from 1ms to 90d");
        }
        else
        {
            return (long)(number.Value * 1e9);
        }

        return 1;
    }

    /// <summary>A node that reads from the window of the field named by an argument.</summary>
    public Node? Window<TWindow>(int field, WindowKind kind, long length, Func<TWindow, ConditionFrame, double> read)
        where TWindow : SeriesWindow
    {
        if (Slot(field, kind == WindowKind.Changes) is not { } slot || Error is not null)
        {
            return null;
        }

        var window = slots.Window(new WindowSpec(slot, kind, length));
        windows.Add(window);
        return new WindowNode<TWindow>(window, read);
    }

    /// <summary>A node that reads the field named by an argument together with the time of the sample.</summary>
    public Node? Sample(int field, Func<double, long, double> read) => Slot(field, false) is { } slot ? new SampleNode(slot, read) : null;

    /// <summary>A node that tells whether the field named by an argument is there.</summary>
    public Node? Presence(int field) => Slot(field, text: true) is { } slot ? new PresenceNode(slot) : null;

    /// <summary>A calculation as an argument.</summary>
    public Node? Expression(int argument) => number(call.Arguments[argument]);

    private int? Slot(int argument, bool text)
    {
        if (call.Arguments[argument] is FieldSyntax field)
        {
            return text ? slots.TextNumber(field.Name) : slots.Number(field.Name);
        }

        Fail(argument, "this argument is the name of a field");
        return null;
    }
}
