using System.CommandLine;
using System.Text.Json;
using NocMonitor.Collector.Backtest;
using NocMonitor.Collector.Hosting;
using NocMonitor.Collector.Query;
using NocMonitor.Configuration;

namespace NocMonitor.Collector.Cli;

/// <summary><c>backtest</c>: what a rule, or a changed one, would have done on the history that a running collector has.</summary>
internal static class BacktestCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    private static readonly Option<string> Rule = new("--rule") { Description = "The rule's name.", HelpName = "NAME", Required = true };

    private static readonly Option<string> Since = new("--since")
    {
        Description = "How far back, such as 12h or 30d, or from which time on, such as 2026-01-05T08:00:00Z.",
        HelpName = "TIME",
        DefaultValueFactory = _ => "30d",
    };

    private static readonly Option<string> Until = new("--until") { Description = "Up to when, in the same form.", HelpName = "TIME", DefaultValueFactory = _ => "now" };

    private static readonly Option<string?> File = new("--file")
    {
        Description = "A rule file with the changed rule: the whole of it, or its Name and what is different.",
        HelpName = "FILE",
    };

    private static readonly Option<string[]> Set = new("--set")
    {
        Description = "Changes one key of the rule, such as --set \"Critical=used_percent > 97\"; may be given again.",
        HelpName = "KEY=VALUE",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<int> List = new("--list") { Description = "At most so many alerts in each list.", HelpName = "N", DefaultValueFactory = _ => 20 };

    private static readonly Option<bool> Json = new("--json") { Description = "The whole answer as JSON." };

    public static Command Create()
    {
        var command = new Command("backtest", "Replays stored history through a rule: when it would have fired, for how long, and how many pages that is.")
        {
            Rule, Since, Until, File, Set, List, Json,
        };
        var api = new ApiClient.Options().AddTo(command);
        command.SetAction((result, token) => CommandGuard.RunAsync(result, async () =>
        {
            using var client = api.Open(result);
            var request = Read(result, TimeProvider.System.GetUtcNow());
            var report = await client.ComputeAsync(
                "/api/v1/backtest", request, BacktestJson.Plain.BacktestRequest, BacktestJson.Plain.BacktestReport, Patience, token);
            var output = result.InvocationConfiguration.Output;
            if (result.GetValue(Json))
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(report, BacktestJson.Plain.BacktestReport));
            }
            else
            {
                BacktestPrinter.Print(output, report);
            }
        }));
        return command;
    }

    private static BacktestRequest Read(ParseResult result, DateTimeOffset now)
    {
        var (file, changes) = (result.GetValue(File), result.GetValue(Set)!);
        if (file is not null && changes.Length > 0)
        {
            throw new StartupException("--file and --set exclude each other");
        }

        var rule = result.GetValue(Rule)!;
        return new BacktestRequest(
            rule, Moment("--since", result.GetValue(Since)!, now), Moment("--until", result.GetValue(Until)!, now),
            file is not null ? Text(file) : changes.Length > 0 ? Changes(rule, changes) : null, file ?? (changes.Length > 0 ? "--set" : null), result.GetValue(List));
    }

    private static DateTimeOffset Moment(string option, string text, DateTimeOffset now) =>
        QueryTime.TryParse(Duration.TryParse(text, out _) ? $"-{text}" : text, now, out var moment)
            ? moment
            : throw new StartupException($"{option}: '{text}' is neither a duration such as 30d nor a time such as 2026-01-05T08:00:00Z");

    private static string Changes(string rule, IEnumerable<string> changes)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal) { ["Name"] = rule };
        foreach (var change in changes)
        {
            var equals = change.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new StartupException($"--set wants KEY=VALUE, not '{change}'");
            }

            members[change[..equals].Trim()] = change[(equals + 1)..].Trim();
        }

        return $$"""{ "Rules": [ {{JsonSerializer.Serialize(members, BacktestJson.Plain.DictionaryStringString)}} ] }""";
    }

    private static string Text(string file)
    {
        try
        {
            return System.IO.File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"{file} cannot be read: {exception.Message}", exception);
        }
    }
}
