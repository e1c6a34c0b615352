namespace NocMonitor.Probes.Host;

/// <summary>Texts of lines that each start with a key and a number, such as /proc/vmstat.</summary>
internal static class KeyedText
{
    /// <summary>The number after a key at the start of a line; false when there is none, or when the text is cut inside the number.</summary>
    public static bool TryFind(ReadOnlySpan<byte> text, ReadOnlySpan<byte> key, out ulong value)
    {
        var from = 0;
        while (text[from..].IndexOf(key) is var found and >= 0)
        {
            var start = from + found;
            from = start + key.Length;
            if ((start == 0 || text[start - 1] == '\n') && from < text.Length && text[from] is (byte)' ' or (byte)'\t')
            {
                return TryWholeNumber(text[from..], out value);
            }
        }

        value = 0;
        return false;
    }

    private static bool TryWholeNumber(ReadOnlySpan<byte> text, out ulong value)
    {
        var words = new TextCursor(text);
        return words.TryNumber(out value) && !words.Rest.IsEmpty;
    }
}
