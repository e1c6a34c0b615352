using NocMonitor.Collector.Rules.Windows;

namespace NocMonitor.Collector.Rules.Language;

/// <summary>
/// The fields and windows that the conditions on one measurement use, numbered: a frame is filled once a sample and serves all of them.
/// Filled while conditions are compiled, read-only afterwards.
/// </summary>
internal sealed class FieldSlots
{
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly List<bool> _texts = [];
    private readonly List<WindowSpec> _windows = [];

    public int Count => _slots.Count;

    public IReadOnlyList<WindowSpec> Windows => _windows;

    public IEnumerable<string> Names => _slots.Keys;

    public int Number(string field)
    {
        if (!_slots.TryGetValue(field, out var slot))
        {
            slot = _slots.Count;
            _slots.Add(field, slot);
            _texts.Add(false);
        }

        return slot;
    }

    public int TextNumber(string field)
    {
        var slot = Number(field);
        _texts[slot] = true;
        return slot;
    }

    public int Window(WindowSpec spec)
    {
        var index = _windows.IndexOf(spec);
        if (index < 0)
        {
            index = _windows.Count;
            _windows.Add(spec);
        }

        return index;
    }

    /// <summary>The slot of a field, or -1 when no condition uses it.</summary>
    public int Find(string field) => _slots.GetValueOrDefault(field, -1);

    public string NameOf(int slot) => _slots.First(pair => pair.Value == slot).Key;

    /// <summary>Whether the text of this slot is compared or watched for changes.</summary>
    public bool IsText(int slot) => _texts[slot];
}
