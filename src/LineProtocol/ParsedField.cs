namespace NocMonitor.LineProtocol;

/// <summary>
/// One field of the line a <see cref="LineReader"/> stands at: where its key lies in the text, and its value. Means nothing once the reader
/// has moved on.
/// </summary>
public readonly struct ParsedField
{
    private readonly int _keyStart;
    private readonly int _keyLength;

    internal ParsedField(Range32 key, bool keyEscaped, FieldKind kind, long bits, bool textEscaped = false)
    {
        _keyStart = key.Start;
        _keyLength = key.Length;
        Bits = bits;
        Kind = kind;
        KeyEscaped = keyEscaped;
        TextEscaped = textEscaped;
    }

    /// <summary>The value as <see cref="FieldValue.Bits"/> has it. Of a string: its place, see <see cref="LineReader.RawText"/>.</summary>
    public long Bits { get; }

    public FieldKind Kind { get; }

    /// <summary>The raw key holds a backslash, so it may differ from the key.</summary>
    public bool KeyEscaped { get; }

    /// <summary>The raw text holds a backslash, so it may differ from the text.</summary>
    public bool TextEscaped { get; }

    internal Range32 Key => new(_keyStart, _keyLength);

    internal Range32 Text => Range32.Unpack(Bits);
}
