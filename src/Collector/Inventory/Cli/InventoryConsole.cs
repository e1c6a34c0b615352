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

    /// <param name="rows">Cells as plain text.</param>
    public void Table(string title, IEnumerable<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table { Title = new TableTitle(Markup.Escape(title)), Border = TableBorder.Rounded };
        foreach (var column in columns)
        {
            table.AddColumn(Markup.Escape(column));
        }

        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(cell => Markup.Escape(cell))]);
        }

        _console.Write(table);
    }

    public void Line(string text) => _console.WriteLine(text);

    public static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";
}
