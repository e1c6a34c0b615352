using System.Text;

namespace NocMonitor.Probes.Exec;

/// <summary>
/// What a plugin printed, taken apart: the first line's text, the lines after it, and the performance data of the first line and of what follows a
/// second bar (Nagios plugin API, output format). A pure function of the text.
/// </summary>
internal sealed record PluginOutput(string Text, string LongText, IReadOnlyList<PerformanceItem> Performance)
{
    /// <summary>Items or parts of items that could not be read.</summary>
    public int Malformed { get; private init; }

    /// <summary>Items beyond the limit.</summary>
    public int Dropped { get; private init; }

    /// <param name="mostItems">How many items of performance data are kept.</param>
    public static PluginOutput Parse(ReadOnlySpan<char> output, int mostItems)
    {
        var rest = output.TrimStart("\r\n");
        var text = SplitAtBar(TakeLine(ref rest), out var performance);
        var items = new Items(mostItems);
        items.Read(performance);

        var longText = new StringBuilder();
        var inPerformance = false;
        while (!rest.IsEmpty)
        {
            var line = TakeLine(ref rest);
            if (inPerformance)
            {
                items.Read(line);
                continue;
            }

            inPerformance = line.Contains('|');
            longText.Append(longText.Length > 0 ? "\n" : "").Append(SplitAtBar(line, out performance));
            items.Read(performance);
        }

        return new PluginOutput(text.ToString(), longText.ToString().TrimEnd(), items.Kept) { Malformed = items.Malformed, Dropped = items.Dropped };
    }

    private static ReadOnlySpan<char> TakeLine(scoped ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf('\n');
        var line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return line.TrimEnd('\r');
    }

    private static ReadOnlySpan<char> SplitAtBar(ReadOnlySpan<char> line, scoped out ReadOnlySpan<char> performance)
    {
        var bar = line.IndexOf('|');
        performance = bar < 0 ? default : line[(bar + 1)..];
        return (bar < 0 ? line : line[..bar]).Trim();
    }

    private sealed class Items(int most)
    {
        public List<PerformanceItem> Kept { get; } = [];

        public int Malformed { get; private set; }

        public int Dropped { get; private set; }

        public void Read(ReadOnlySpan<char> line)
        {
            var reader = new PerformanceDataReader(line);
            while (reader.TryRead(out var item))
            {
                if (Kept.Count < most)
                {
                    Kept.Add(item);
                }
                else
                {
                    Dropped++;
                }
            }

            Malformed += reader.Malformed;
        }
    }
}
