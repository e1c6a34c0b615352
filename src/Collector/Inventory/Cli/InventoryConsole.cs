using System.Globalization;
using Spectre.Console;

namespace NocMonitor.Collector.Inventory.Cli;

/// <summary>Prints tables to the terminal, or whole lines to a pipe.</summary>
internal sealed class InventoryConsole
{
    private const int RedirectedWidth = 240;

    private readonly IAnsiConsole _console;

    public InventoryConsole(TextWriter output)
    {
        _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (Console.IsOutputRedirected)
        {
            // Whoever reads this from a pipe wants whole lines.
            _console.Profile.Width = RedirectedWidth;
        }
    }

    /// <summary>A line and under it a table, unless that were empty. A title of the table's own would be broken to the table's width.</summary>
    /// <param name="rows">Cells as plain text.</param>
    public void Table(string title, IEnumerable<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        Line(title);
        var table = new Table { Border = TableBorder.Rounded };
        foreach (var column in columns)
        {
            table.AddColumn(Markup.Escape(column));
        }

        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(cell => Markup.Escape(cell))]);
        }

        if (table.Rows.Count > 0)
        {
            _console.Write(table);
        }
    }

    public void Line(string text) => _console.WriteLine(text);

    public static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";
}
