using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Rules.Language;

namespace NocMonitor.Collector.Tests.Rules.Language;

/// <summary>A series with one field <c>x</c> and others as given, fed sample by sample to one condition.</summary>
internal sealed class ConditionSample
{
    public const long Second = 1_000_000_000;
    public const long Minute = 60 * Second;
    public const long Start = 1_700_000_000 * Second;

    private readonly FieldSlots _slots = new();
    private readonly ConditionFrame _frame = new();
    private readonly Condition _condition;
    private readonly NocMonitor.Collector.Rules.Windows.SeriesWindow[] _windows;

    public ConditionSample(string condition)
    {
        _condition = Condition.Compile(condition, _slots, out var error)!;
        Assert.That(error, Is.Null);
        _windows = [.. _slots.Windows.Select(spec => spec.Create())];
    }

    public Condition Condition => _condition;

    public ConditionFrame Frame => _frame;

    public IReadOnlyList<NocMonitor.Collector.Rules.Windows.SeriesWindow> Windows => _windows;

    public ConditionSample Feed(long time, params (string Field, object Value)[] fields)
    {
        _frame.Clear(_slots.Count);
        _frame.Time = Start + time;
        _frame.Windows = _windows;
        foreach (var (field, value) in fields)
        {
            if (_slots.Find(field) is not (>= 0 and var slot))
            {
                continue;
            }

            _frame.Values[slot] = value switch
            {
                string => double.NaN,
                bool flag => flag ? 1 : 0,
                _ => Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture),
            };
            _frame.Texts[slot] = value as string;
        }

        for (var i = 0; i < _windows.Length; i++)
        {
            var value = _frame.Values[_slots.Windows[i].Slot];
            if (!double.IsNaN(value))
            {
                _windows[i].Take(_frame.Time, value);
            }
        }

        return this;
    }

    public Truth Truth => _condition.Evaluate(_frame);

    /// <summary>The value of the first comparison.</summary>
    public double Observed => _condition.Observe(_frame);
}
