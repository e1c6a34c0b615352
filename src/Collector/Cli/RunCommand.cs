using System.CommandLine;
using NocMonitor.Collector.Hosting;

namespace NocMonitor.Collector.Cli;

/// <summary><c>run</c>: the collector in the foreground, until a signal ends it.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var command = new Command("run", "Runs the collector in the foreground.");
        var common = new CommonOptions().AddTo(command, listens: true);
        command.SetAction((result, token) => CommandGuard.RunAsync(result, async () =>
        {
            var source = common.From(result);
            var (options, rules) = CommonOptions.ReadAll(source);
            await using var app = CollectorApp.Build(source, options, rules, TimeProvider.System);
            await app.StartListeningAsync(options, token);
            await app.WaitForShutdownAsync(token);
        }));
        return command;
    }
}
