using NocMonitor.Collector.Rules.Windows;

namespace NocMonitor.Collector.Rules.Language;

/// <summary>
/// What conditions see of one sample: values and texts by slot, the windows of its series and its time. One frame is filled again for each
/// sample; it belongs to the shard that evaluates.
/// </summary>
internal sealed class ConditionFrame
{
    private static readonly SeriesWindow?[] NoWindows = [];

    /// <summary>By slot: numbers as they are, booleans as 0 and 1, NaN for an absent field or a string.</summary>
    public double[] Values { get; private set; } = [];

    /// <summary>By slot: the text of a string field that a condition compares; null otherwise.</summary>
    public string?[] Texts { get; private set; } = [];

    /// <summary>The windows of the sample's series, in the order of <see cref="FieldSlots.Windows"/>.</summary>
    public SeriesWindow?[] Windows { get; set; } = NoWindows;

    /// <summary>The sample's own time in nanoseconds since 1970.</summary>
    public long Time { get; set; }

    /// <summary>Makes the frame ready for a sample whose conditions use that many slots.</summary>
    public void Clear(int slots)
    {
        if (Values.Length < slots)
        {
            Values = new double[slots];
            Texts = new string?[slots];
        }

        Values.AsSpan(0, slots).Fill(double.NaN);
        Texts.AsSpan(0, slots).Clear();
        Windows = NoWindows;
    }
}
