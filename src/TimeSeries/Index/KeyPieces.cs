using System.Text;
using NocMonitor.LineProtocol;

namespace NocMonitor.TimeSeries.Index;

/// <summary>Takes a key apart at its commas: the measurement, then each tag with the comma before it, all as they are written. Put together again the pieces are the key.</summary>
internal ref struct KeyPieces(ReadOnlySpan<byte> key)
{
    private ReadOnlySpan<byte> _rest = key;

    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>
    /// A hash that does not depend on the order of the tags. Each piece has a number that the senders cannot know, so neither can they choose pieces whose sums are equal.
    /// </summary>
    public static ulong Hash(ReadOnlySpan<byte> key)
    {
        var hash = 0UL;
        var pieces = new KeyPieces(key);
        while (pieces.MoveNext())
        {
            hash += KeyHash.Of(pieces.Current);
        }

        return hash;
    }

    /// <summary>The key of a tag's piece, as it is written.</summary>
    public static ReadOnlySpan<byte> KeyOf(ReadOnlySpan<byte> piece) => piece[Math.Min(1, piece.Length)..Find(piece, (byte)'=')];

    /// <summary>The value of a tag's piece, as it is written.</summary>
    public static ReadOnlySpan<byte> ValueOf(ReadOnlySpan<byte> piece) => piece[Math.Min(Find(piece, (byte)'=') + 1, piece.Length)..];

    /// <summary>Whether a tag's piece is of a tag key.</summary>
    public static bool HasKey(ReadOnlySpan<byte> piece, string name)
    {
        var key = KeyOf(piece);
        return Ascii.Equals(key, name) || ((key.Contains((byte)'\\') || !Ascii.IsValid(key)) && string.Equals(LineEscapes.Key(key), name, StringComparison.Ordinal));
    }

    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var end = Find(_rest, (byte)',');
        Current = _rest[..end];
        _rest = _rest[end..];
        return true;
    }

    /// <summary>
    /// Where a delimiter stands that no backslash is before, behind the first byte; or the end. A backslash never escapes another one, so the byte before decides
    /// (docs/formats/line-protocol.md).
    /// </summary>
    private static int Find(ReadOnlySpan<byte> text, byte delimiter)
    {
        for (var from = 1; from < text.Length; from++)
        {
            var index = text[from..].IndexOf(delimiter);
            if (index < 0)
            {
                break;
            }

            from += index;
            if (text[from - 1] != '\\')
            {
                return from;
            }
        }

        return text.Length;
    }
}
