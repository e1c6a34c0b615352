using System.Text;

namespace NocMonitor.LineProtocol;

/// <summary>Reads the tags of a raw series key one after the other, without making an object of it: <c>while (tags.Read()) { tags.Key … }</c>.</summary>
public ref struct RawTags
{
    private readonly ReadOnlySpan<byte> _raw;
    private ReadOnlySpan<byte> _key;
    private ReadOnlySpan<byte> _value;
    private int _position;

    /// <param name="key">A key that <see cref="SeriesKey.Parse"/> takes.</param>
    public RawTags(ReadOnlySpan<byte> key)
    {
        _raw = key;
        _position = LineTokens.EndOfMeasurement(key, 0, out _);
    }

    /// <summary>The current tag's key.</summary>
    public readonly string Key => LineEscapes.Key(_key);

    /// <summary>The current tag's value.</summary>
    public readonly string Value => LineEscapes.Key(_value);

    /// <summary>Goes on to the next tag; false after the last.</summary>
    public bool Read()
    {
        if (_position >= _raw.Length)
        {
            return false;
        }

        _key = Part();
        _value = Part();
        return true;
    }

    /// <summary>Whether the current tag has a key.</summary>
    public readonly bool Is(string key) => Ascii.Equals(_key, key) || ((_key.Contains((byte)'\\') || !Ascii.IsValid(_key)) && string.Equals(Key, key, StringComparison.Ordinal));

    private ReadOnlySpan<byte> Part()
    {
        var start = Math.Min(_position + 1, _raw.Length);
        _position = LineTokens.EndOfKey(_raw, start, out _);
        return _raw[start.._position];
    }
}
