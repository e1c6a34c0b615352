using System.Globalization;
using NocMonitor.Collector.Backtest;
using NocMonitor.Configuration;
using Spectre.Console;

namespace NocMonitor.Collector.Cli;

/// <summary>A backtest for people: the figures side by side, then the alerts that make the difference.</summary>
internal static class BacktestPrinter
{
    public static void Print(TextWriter output, BacktestReport report)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = 200;
        }

        console.MarkupLineInterpolated(CultureInfo.InvariantCulture,
            $"[bold]{report.Rule}[/] from {report.From:yyyy-MM-dd HH:mm} to {report.To:yyyy-MM-dd HH:mm} UTC: {report.Series} series, {report.Samples:N0} samples in {report.TakenSeconds:0.0} s");
        foreach (var note in report.Notes)
        {
            console.MarkupLineInterpolated($"[yellow]{note}[/]");
        }

        console.Write(Figures(report));
        if (report is { Changed: { } changed, Difference: { } difference })
        {
            PrintAlerts(console, "Gone with the change", difference.OnlyCurrent, difference.OnlyCurrentCount);
            PrintAlerts(console, "New with the change", difference.OnlyChanged, difference.OnlyChangedCount);
            PrintHosts(console, "Hosts with the change", changed);
        }
        else
        {
            PrintAlerts(console, "Alerts", report.Current.List, report.Current.Alerts);
            PrintHosts(console, "Hosts", report.Current);
        }
    }

    private static Table Figures(BacktestReport report)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn("");
        table.AddColumn(new TableColumn("as it is").RightAligned());
        if (report.Changed is not null)
        {
            table.AddColumn(new TableColumn("changed").RightAligned());
            table.AddColumn(new TableColumn("difference").RightAligned());
        }

        Row("pages", version => version.Pages);
        Row("alerts", version => version.Alerts);
        Row("  of them critical", version => version.CriticalAlerts);
        Row("  suppressed by a parent", version => version.SuppressedAlerts);
        Row("  flapping", version => version.FlappingAlerts);
        Row("time firing", version => version.FiringSeconds, Length);
        Row("median length", version => version.MedianSeconds, Length);
        return table;

        void Row(string name, Func<BacktestVersion, double> figure, Func<double, string>? format = null)
        {
            format ??= static number => number.ToString("N0", CultureInfo.InvariantCulture);
            var cells = new List<string> { name, format(figure(report.Current)) };
            if (report.Changed is { } changed)
            {
                var difference = figure(changed) - figure(report.Current);
                var sign = difference > 0 ? "+" : difference < 0 ? "-" : "";
                cells.AddRange([format(figure(changed)), $"{sign}{format(Math.Abs(difference))}"]);
            }

            table.AddRow([.. cells.Select(Markup.Escape)]);
        }
    }

    private static void PrintAlerts(IAnsiConsole console, string title, IReadOnlyList<BacktestAlert> alerts, int count)
    {
        if (count == 0)
        {
            return;
        }

        var table = new Table { Title = new TableTitle($"{title}: {count}{(alerts.Count < count ? $", the newest {alerts.Count} of them" : "")}"), Border = TableBorder.Rounded };
        table.AddColumns("Severity", "Start (UTC)", "Length", "Pages", "Series", "");
        foreach (var alert in alerts)
        {
            var remark = string.Join(", ", new[] { alert.End is null ? "still firing" : "", alert.Flapped ? "flapped" : "", alert.Stale ? "became stale" : "" }.Where(text => text.Length > 0));
            table.AddRow(
                alert.Severity == "critical" ? "[red bold]critical[/]" : "[yellow]warning[/]", $"{alert.Start:yyyy-MM-dd HH:mm:ss}", Length(alert.Seconds),
                alert.Pages.ToString(CultureInfo.InvariantCulture), Markup.Escape(alert.Series), remark);
        }

        console.Write(table);
    }

    private static void PrintHosts(IAnsiConsole console, string title, BacktestVersion version)
    {
        if (version.Hosts.Count < 2)
        {
            return;
        }

        var table = new Table { Title = new TableTitle($"{title} by pages"), Border = TableBorder.Rounded };
        table.AddColumns("Host", "Pages", "Alerts");
        foreach (var host in version.Hosts.Take(10))
        {
            table.AddRow(Markup.Escape(host.Host), host.Pages.ToString(CultureInfo.InvariantCulture), host.Alerts.ToString(CultureInfo.InvariantCulture));
        }

        console.Write(table);
    }

    private static string Length(double seconds) => Duration.Format(TimeSpan.FromSeconds(Math.Round(seconds)));
}
