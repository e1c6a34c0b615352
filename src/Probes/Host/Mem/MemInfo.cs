namespace NocMonitor.Probes.Host.Mem;

/// <summary>
/// The lines of /proc/meminfo (proc(5)) that are known here, in bytes (huge page counts in pages). Which lines there are depends on kernel and architecture.
/// Reused between rounds by its one owner.
/// </summary>
internal sealed class MemInfo
{
    private readonly long[] _values = new long[MemLine.All.Length];

    public MemInfo() => Array.Fill(_values, Absent);

    private const long Absent = -1;

    /// <summary>The value of a line; null when this kernel has no such line.</summary>
    public long? this[MemLine line] => _values[line.Index] is var value && value != Absent ? value : null;

    public void Parse(ReadOnlySpan<byte> text)
    {
        Array.Fill(_values, Absent);
        var lines = new TextCursor(text);
        var expected = 0;
        while (lines.TryLine(out var line))
        {
            if (line.IndexOf((byte)':') is var colon and > 0
                && MemLine.Find(line[..colon], expected) is { } known
                && TryBytes(line[(colon + 1)..], out _values[known.Index]))
            {
                // The kernel's order is the table's order, so the next line is mostly the next entry.
                expected = known.Index + 1;
            }
        }
    }

    private static bool TryBytes(ReadOnlySpan<byte> text, out long value)
    {
        var words = new TextCursor(text);
        if (!words.TryNumber(out var number))
        {
            value = Absent;
            return false;
        }

        var unit = words.TryWord(out var word) && word.SequenceEqual("kB"u8) ? 1024UL : 1;
        value = (long)Math.Min(number, long.MaxValue / unit) * (long)unit;
        return true;
    }
}
