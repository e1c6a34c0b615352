using System.Globalization;

namespace NocMonitor.Agent.Discovery;

/// <summary>
/// Shows how far a discovery is: on a terminal a bar that is drawn over itself some times a second, else a line at each tenth of the way. Called by the discovery, one call at a time.
/// </summary>
internal sealed class DiscoveryProgress(TextWriter output, bool isTerminal, int width, long total, DiscoveryJournal journal, TimeProvider time)
{
    private const int BarLength = 24;
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);

    private readonly long _started = time.GetTimestamp();
    private readonly long _first = journal.Next;
    private long _drawn;
    private long _tenth = journal.Next * 10 / total;

    public void Show()
    {
        if (isTerminal)
        {
            if (_drawn == 0 || time.GetElapsedTime(_drawn) >= Redraw)
            {
                _drawn = time.GetTimestamp();
                Draw();
            }
        }
        else if (journal.Next * 10 / total > _tenth)
        {
            _tenth = journal.Next * 10 / total;
            output.WriteLine(Words());
        }
    }

    /// <summary>Leaves the last state on the screen and the cursor on a line of its own.</summary>
    public void End()
    {
        if (isTerminal)
        {
            Draw();
            output.WriteLine();
        }
    }

    private void Draw()
    {
        var filled = (int)(journal.Next * BarLength / total);
        var line = $"[{new string('#', filled)}{new string('.', BarLength - filled)}] {Words()}";
        output.Write('\r');
        output.Write(line.Length < width ? line.PadRight(width - 1) : line[..(width - 1)]);
        output.Flush();
    }

    private string Words()
    {
        var elapsed = time.GetElapsedTime(_started);
        var done = journal.Next - _first;
        var left = done > 0 && journal.Next < total ? elapsed * ((double)(total - journal.Next) / done) : TimeSpan.Zero;
        var rest = left > TimeSpan.Zero ? $", about {Span(left)} left" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{journal.Next * 100 / total} %, {journal.Next} of {total} addresses, {journal.Count} found{rest}");
    }

    private static string Span(TimeSpan span) => span.TotalMinutes < 1 ? $"{Math.Ceiling(span.TotalSeconds):0} s"
        : span.TotalHours < 1 ? $"{span.TotalMinutes:0} min"
        : string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0.0} h");
}
