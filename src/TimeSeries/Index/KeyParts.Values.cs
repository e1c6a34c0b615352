using NocMonitor.LineProtocol;

namespace NocMonitor.TimeSeries.Index;

/// <summary>Values of tags as texts. A text is made by who asks, outside of the lock, and kept only when the number still means the same.</summary>
internal sealed partial class KeyParts
{
    /// <summary>Numbers that were free the last time already can be given again, and what they meant goes.</summary>
    public void Recycle()
    {
        lock (_valuesLock)
        {
            foreach (var number in _rested)
            {
                _blocks[number >> BlockBits][number & BlockMask].Slab = [];
                if (_values.Length > number >> BlockBits && _values[number >> BlockBits] is { } values)
                {
                    values[number & BlockMask] = null;
                }

                _free.Push(number);
            }
        }

        _rested = _resting;
        _resting = [];
    }

    /// <summary>The value of a tag as a text.</summary>
    /// <param name="number">The part.</param>
    /// <param name="keepsRare">Keeps the text for who asks next also when only one series has the tag.</param>
    public string Value(int number, bool keepsRare)
    {
        var known = _values;
        if (known.Length > number >> BlockBits && known[number >> BlockBits] is { } values && Volatile.Read(ref values[number & BlockMask]) is { } kept)
        {
            return kept;
        }

        ref readonly var part = ref _blocks[number >> BlockBits][number & BlockMask];
        var (slab, at) = (part.Slab, part.At);
        var text = LineEscapes.Key(KeyPieces.ValueOf(KeyBytes.Of(slab, at)));
        return keepsRare || part.Uses > 1 ? Keep(number, new KeyBytes(slab, at), text) : text;
    }

    /// <summary>Unless the number has got another meaning meanwhile.</summary>
    private string Keep(int number, KeyBytes meaning, string text)
    {
        lock (_valuesLock)
        {
            ref readonly var part = ref _blocks[number >> BlockBits][number & BlockMask];
            if (part.Slab != meaning.Slab || part.At != meaning.At)
            {
                return text;
            }

            if (_values.Length <= number >> BlockBits)
            {
                var values = _values;
                Array.Resize(ref values, _blocks.Length);
                _values = values;
            }

            var block = _values[number >> BlockBits] ??= new string?[BlockMask + 1];
            return block[number & BlockMask] ??= text;
        }
    }
}
