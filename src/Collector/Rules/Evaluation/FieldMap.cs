using NocMonitor.Collector.Rules.Language;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Rules.Evaluation;

/// <summary>From the fields of a series to the slots of the conditions. Series of the same make share their list of fields, and so share this.</summary>
internal sealed class FieldMap
{
    private readonly short[] _slots;

    public FieldMap(IReadOnlyList<SeriesField> fields, FieldSlots slots)
    {
        Fields = fields;
        _slots = [.. fields.Select(field => (short)slots.Find(field.Name))];
    }

    /// <summary>The list this was made of; a series that learns a field has another one.</summary>
    public IReadOnlyList<SeriesField> Fields { get; }

    /// <summary>The slot of a field by its index; -1 when no condition uses it.</summary>
    public int this[int field] => _slots[field];

    /// <summary>The index of the field that fills a slot; -1 when the series has no such field.</summary>
    public int FieldOf(int slot) => Array.IndexOf(_slots, (short)slot);
}
