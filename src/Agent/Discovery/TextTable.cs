using System.Text;

namespace NocMonitor.Agent.Discovery;

/// <summary>Rows under a heading, columns as wide as they need to be; what does not fit the line is cut from the widest columns.</summary>
internal static class TextTable
{
    private const int Gap = 2;
    private const int LeastWidth = 6;

    public static string Render(IReadOnlyList<string> heading, IReadOnlyList<IReadOnlyList<string>> rows, int width)
    {
        // A column in which nobody has anything is left out.
        int[] shown = [.. Enumerable.Range(0, heading.Count).Where(column => rows.Count == 0 || rows.Any(row => row[column].Length > 0))];
        var widths = shown.Select(column => rows.Select(row => row[column].Length).Append(heading[column].Length).Max()).ToArray();
        while (widths.Sum() + (Gap * (widths.Length - 1)) > width && widths.Max() > LeastWidth)
        {
            widths[Array.IndexOf(widths, widths.Max())]--;
        }

        var text = new StringBuilder();
        foreach (var row in rows.Prepend(heading))
        {
            var line = new StringBuilder();
            for (var i = 0; i < shown.Length; i++)
            {
                line.Append(Cut(row[shown[i]], widths[i]).PadRight(widths[i] + Gap));
            }

            text.Append(line.ToString().TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    private static string Cut(string text, int width) => text.Length <= width ? text : $"{text[..(width - 1)]}…";
}
