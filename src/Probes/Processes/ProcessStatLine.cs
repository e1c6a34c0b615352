using NocMonitor.Probes.Host;

namespace NocMonitor.Probes.Processes;

/// <summary>What is used of /proc/PID/stat (proc(5)). The name's bytes are those of the text it was read from.</summary>
internal readonly ref struct ProcessStatLine
{
    // USER_HZ, which the kernel keeps at 100 towards programs whatever its own tick is.
    private const int TicksPerSecond = 100;

    private ProcessStatLine(ReadOnlySpan<byte> name, char state)
    {
        Name = name;
        State = state;
    }

    public ReadOnlySpan<byte> Name { get; }

    public char State { get; }

    public ulong UserTicks { get; private init; }

    public ulong SystemTicks { get; private init; }

    public int Threads { get; private init; }

    public ulong StartTicks { get; private init; }

    public long VirtualBytes { get; private init; }

    public long ResidentPages { get; private init; }

    public static TimeSpan FromTicks(ulong ticks) => new((long)(Math.Min(ticks, long.MaxValue / TimeSpan.TicksPerSecond) * (TimeSpan.TicksPerSecond / TicksPerSecond)));

    /// <summary>The name in parentheses may itself hold blanks and parentheses, so the words are counted from the last one that closes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ProcessStatLine stat)
    {
        stat = default;
        var open = text.IndexOf((byte)'(');
        var close = text.LastIndexOf((byte)')');
        if (open < 0 || close < open)
        {
            return false;
        }

        var words = new TextCursor(text[(close + 1)..]);
        if (!words.TryWord(out var state) || state.Length != 1
            || !words.TrySkipWords(10) || !words.TryNumber(out var user) || !words.TryNumber(out var system)
            || !words.TrySkipWords(4) || !words.TryNumber(out var threads)
            || !words.TrySkipWords(1) || !words.TryNumber(out var start)
            || !words.TryNumber(out var bytes) || !words.TryNumber(out var pages) || words.Rest.IsEmpty)
        {
            return false;
        }

        stat = new ProcessStatLine(text[(open + 1)..close], (char)state[0])
        {
            UserTicks = user,
            SystemTicks = system,
            Threads = (int)Math.Min(threads, int.MaxValue),
            StartTicks = start,
            VirtualBytes = (long)Math.Min(bytes, long.MaxValue),
            ResidentPages = (long)Math.Min(pages, long.MaxValue >> 20),
        };
        return true;
    }
}
