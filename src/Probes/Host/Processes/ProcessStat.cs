namespace NocMonitor.Probes.Host.Processes;

/// <summary>State letter and number of threads of a process, from the start of /proc/PID/stat (proc(5)).</summary>
internal readonly record struct ProcessStat(char State, long Threads)
{
    // State is the word after the name; the number of threads the seventeenth after that.
    private const int WordsBetween = 16;

    /// <summary>The name in parentheses may itself hold blanks and parentheses, so the words are counted from the last one that closes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ProcessStat stat)
    {
        stat = default;
        var words = new TextCursor(text[(text.LastIndexOf((byte)')') + 1)..]);
        if (!words.TryWord(out var state) || state.Length != 1 || !words.TrySkipWords(WordsBetween)
            || !words.TryNumber(out var threads) || words.Rest.IsEmpty)
        {
            return false;
        }

        stat = new ProcessStat((char)state[0], (long)Math.Min(threads, int.MaxValue));
        return true;
    }
}
