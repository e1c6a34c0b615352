namespace NocMonitor.LineProtocol;

/// <summary>
/// The memory a <see cref="LineReader"/> works in, and what it must remember between the chunks of one text: the line number and whether it
/// is passing over the rest of a line that was too long. One text at a time, one thread at a time; reuse it for the next text. A text that was
/// read to its final end leaves it ready; after an abandoned one call <see cref="Reset"/>.
/// </summary>
public sealed class LineScratch
{
    private LineLimits? _limits;
    private KeyTable _tags = null!;
    private KeyTable _fieldKeys = null!;

    internal ParsedField[] Fields = [];

    /// <summary>The number of the line at the reader's position, from 1.</summary>
    internal int Line = 1;

    /// <summary>The rest of an overlong line has yet to be passed over.</summary>
    internal bool Skipping;

    /// <summary>Forgets the text read so far.</summary>
    public void Reset()
    {
        Line = 1;
        Skipping = false;
    }

    internal (KeyTable Tags, KeyTable FieldKeys) TablesFor(LineLimits limits)
    {
        if (!ReferenceEquals(_limits, limits))
        {
            _limits = limits;
            _tags = new KeyTable(limits.MaxTags + 1);
            _fieldKeys = new KeyTable(limits.MaxFields + 1);
            Fields = new ParsedField[Math.Min(32, limits.MaxFields)];
        }

        return (_tags, _fieldKeys);
    }
}
