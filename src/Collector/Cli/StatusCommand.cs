using System.CommandLine;
using System.Globalization;
using NocMonitor.Collector.Query;
using Spectre.Console;

namespace NocMonitor.Collector.Cli;

/// <summary><c>status</c>: hosts and open alerts of a running collector, as tables.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var command = new Command("status", "Shows the hosts and open alerts of a running collector.");
        var api = new ApiClient.Options().AddTo(command);
        command.SetAction((result, token) => CommandGuard.RunAsync(result, async () =>
        {
            using var client = api.Open(result);
            var hosts = await client.GetAsync("/api/v1/hosts", QueryJson.Plain.HostList, token);
            var alerts = await client.GetAsync("/api/v1/alerts", QueryJson.Plain.AlertList, token);
            Print(result.InvocationConfiguration.Output, hosts, alerts, TimeProvider.System.GetUtcNow());
        }));
        return command;
    }

    internal static void Print(TextWriter output, HostList hosts, AlertList alerts, DateTimeOffset now)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (Console.IsOutputRedirected)
        {
            // Whoever reads this from a pipe wants whole lines.
            console.Profile.Width = 200;
        }

        console.Write(Hosts(hosts, now));
        console.Write(Alerts(alerts, now));
    }

    private static Table Hosts(HostList hosts, DateTimeOffset now)
    {
        var table = NewTable(Counted.Words(hosts.Hosts.Count, "host"), "State", "Host", "Agent", "Last seen", "Alerts");
        foreach (var host in hosts.Hosts.OrderBy(host => host.Rank()))
        {
            var alerts = (host.Criticals, host.Warnings) switch
            {
                (0, 0) => "",
                var (criticals, warnings) => string.Create(CultureInfo.InvariantCulture, $"{criticals} critical, {warnings} warning"),
            };
            table.AddRow(State(host.State), Markup.Escape(host.Name), Markup.Escape(host.Agent ?? ""), Ago(host.LastSeen, now), alerts);
        }

        return table;
    }

    private static Table Alerts(AlertList alerts, DateTimeOffset now)
    {
        var table = NewTable(Counted.Words(alerts.Alerts.Count, "open alert"), "Severity", "Host", "Rule", "Summary", "Since", "Id");
        foreach (var alert in alerts.Alerts.OrderBy(alert => alert.Severity == "critical" ? 0 : 1).ThenByDescending(alert => alert.FiredAt))
        {
            table.AddRow(
                State(alert.Severity), Markup.Escape(alert.Host), Markup.Escape(alert.Rule), Markup.Escape(alert.Summary), Ago(alert.Since, now),
                alert.Id.ToString(CultureInfo.InvariantCulture));
        }

        return table;
    }

    private static Table NewTable(string title, params string[] columns)
    {
        var table = new Table { Title = new TableTitle(title), Border = TableBorder.Rounded };
        foreach (var column in columns)
        {
            // A narrow terminal breaks the long texts and leaves the short ones whole.
            table.AddColumn(new TableColumn(column) { NoWrap = column is not ("Summary" or "Host" or "Rule" or "Alerts") });
        }

        return table;
    }

    private static string State(string state) => state switch
    {
        "critical" => "[red bold]critical[/]",
        "warning" => "[yellow]warning[/]",
        "ok" => "[green]ok[/]",
        _ => $"[grey]{Markup.Escape(state)}[/]",
    };

    private static string Ago(DateTimeOffset? time, DateTimeOffset now) => time is { } known ? Elapsed.Ago(known, now) : "never";
}
