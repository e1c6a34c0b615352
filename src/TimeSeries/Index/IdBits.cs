namespace NocMonitor.TimeSeries.Index;

/// <summary>A set of small numbers, a bit each. One thread.</summary>
internal sealed class IdBits
{
    private ulong[] _words = [];

    public void Add(int id)
    {
        if (id >> 6 >= _words.Length)
        {
            Array.Resize(ref _words, Math.Max((id >> 6) + 1, _words.Length * 2));
        }

        _words[id >> 6] |= 1UL << id;
    }

    public bool Has(int id) => id >> 6 < _words.Length && (_words[id >> 6] & (1UL << id)) != 0;

    public static IdBits Of(List<int> ids)
    {
        var bits = new IdBits();
        ids.ForEach(bits.Add);
        return bits;
    }
}
