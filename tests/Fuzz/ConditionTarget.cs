using System.Text;
using NocMonitor.Collector.Rules.Language;

namespace NocMonitor.Fuzz;

/// <summary>What a rule file can have as a condition: a condition that can be evaluated on any sample, or one error that stands inside the text.</summary>
internal static class ConditionTarget
{
    public static void Run(ReadOnlySpan<byte> input)
    {
        var text = Encoding.UTF8.GetString(input);
        var slots = new FieldSlots();
        var condition = Condition.Compile(text, slots, out var error);
        Require(condition is null != error is null, "neither a condition nor an error, or both");
        if (condition is null)
        {
            Require(error!.Column >= 1 && error.Column <= text.Length + 1 && error.Render(text).Length > 0, "an error outside of the text");
            return;
        }

        Evaluate(condition, slots, static _ => double.NaN, _ => null);
        Evaluate(condition, slots, static slot => slot - 1.5, _ => "t");
        Evaluate(condition, slots, static _ => double.MaxValue, _ => "");
        Contradiction.Find(condition.Syntax, condition.Syntax);
    }

    private static void Evaluate(Condition condition, FieldSlots slots, Func<int, double> number, Func<int, string?> words)
    {
        var frame = new ConditionFrame();
        frame.Clear(slots.Count);
        frame.Time = 1_700_000_000_000_000_000;
        frame.Windows = [.. slots.Windows.Select(spec => spec.Create())];
        for (var slot = 0; slot < slots.Count; slot++)
        {
            (frame.Values[slot], frame.Texts[slot]) = (number(slot), words(slot));
        }

        foreach (var (window, spec) in frame.Windows.Zip(slots.Windows))
        {
            if (!double.IsNaN(frame.Values[spec.Slot]))
            {
                window!.Take(frame.Time, frame.Values[spec.Slot]);
            }
        }

        condition.Evaluate(frame);
        condition.Observe(frame);
        condition.ObserveLimit(frame);
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
