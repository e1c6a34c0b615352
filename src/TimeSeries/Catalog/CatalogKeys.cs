using NocMonitor.TimeSeries.Codecs;

namespace NocMonitor.TimeSeries.Catalog;

/// <summary>Reads the keys of a catalog in order of their series, each perhaps a difference from the one with the id before.</summary>
internal sealed class CatalogKeys
{
    private ByteWriter _key = new();
    private ByteWriter _previous = new();
    private int _last = -1;

    /// <summary>The key; valid until the next call. False when it is a difference from one that is not there, or torn.</summary>
    public bool TryRead(int id, ReadOnlySpan<byte> stored, bool isDifference, out ReadOnlySpan<byte> key)
    {
        key = [];
        if (isDifference && _last != id - 1)
        {
            return false;
        }

        (_key, _previous) = (_previous, _key);
        _key.Clear();
        try
        {
            if (isDifference)
            {
                KeyDifference.Read(stored, _previous.Written, _key);
            }
            else
            {
                _key.Bytes(stored);
            }
        }
        catch (TornDataException)
        {
            _last = -1;
            return false;
        }

        _last = id;
        key = _key.Written;
        return true;
    }
}
