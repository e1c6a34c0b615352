using System.Buffers.Text;

namespace NocMonitor.Probes.Host;

/// <summary>
/// Walks the lines, words and numbers of a text of the kernel. An unfinished last line is not given out: its last number may be cut short, and a
/// wrong value is worse than none. Nothing throws, whatever the text holds.
/// </summary>
internal ref struct TextCursor(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;

    /// <summary>What is still unread.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Takes the next finished line, without its line feed.</summary>
    public bool TryLine(out ReadOnlySpan<byte> line)
    {
        var end = _rest.IndexOf((byte)'\n');
        if (end < 0)
        {
            line = default;
            return false;
        }

        line = _rest[..end];
        _rest = _rest[(end + 1)..];
        return true;
    }

    /// <summary>Takes the next word between blanks.</summary>
    public bool TryWord(out ReadOnlySpan<byte> word)
    {
        var start = _rest.IndexOfAnyExcept((byte)' ', (byte)'\t', (byte)'\n');
        if (start < 0)
        {
            _rest = default;
            word = default;
            return false;
        }

        _rest = _rest[start..];
        var end = _rest.IndexOfAny((byte)' ', (byte)'\t', (byte)'\n');
        word = end < 0 ? _rest : _rest[..end];
        _rest = _rest[word.Length..];
        return true;
    }

    /// <summary>Takes the next word if it is a whole number; leaves the cursor behind the word either way.</summary>
    public bool TryNumber(out ulong value)
    {
        value = 0;
        return TryWord(out var word) && IsNumber(word, out value);
    }

    public bool TrySkipWords(int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (!TryWord(out _))
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsNumber(ReadOnlySpan<byte> text, out ulong value) =>
        Utf8Parser.TryParse(text, out value, out var consumed) && consumed == text.Length;
}
