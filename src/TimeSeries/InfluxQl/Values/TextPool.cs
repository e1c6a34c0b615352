using System.Runtime.InteropServices;

namespace NocMonitor.TimeSeries.InfluxQl.Values;

/// <summary>The texts of one group of a query, each once; a text value is its index. One thread at a time.</summary>
internal sealed class TextPool
{
    private readonly List<string> _texts = [];
    private Dictionary<string, int>? _indexes;

    public string this[long index] => _texts[(int)index];

    public long Add(string text)
    {
        ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(_indexes ??= new(StringComparer.Ordinal), text, out var known);
        if (!known)
        {
            index = _texts.Count;
            _texts.Add(text);
        }

        return index;
    }
}
