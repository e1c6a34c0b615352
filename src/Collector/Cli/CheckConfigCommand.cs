using System.CommandLine;
using NocMonitor.Collector.Query;
using NocMonitor.Collector.Reload;

namespace NocMonitor.Collector.Cli;

/// <summary><c>check-config</c>: every error of options, receivers, routes and rules at once, each with its place.</summary>
internal static class CheckConfigCommand
{
    public static Command Create()
    {
        var command = new Command("check-config", "Checks the configuration and prints all errors, each with file, line and column, and exits 1 if there are any.");
        var common = new CommonOptions().AddTo(command);
        command.SetAction((result, _) => CommandGuard.RunAsync(result, () =>
        {
            var (options, rules) = CommonOptions.ReadAll(common.From(result));
            return result.InvocationConfiguration.Output.WriteLineAsync(
                $"The configuration is right: {Counted.Words(rules.All.Count(), "rule")}, {Counted.Words(options.Notify.Receivers.Count, "receiver")}, {Counted.Words(options.Notify.Routes.Count, "route")}.{Environment.NewLine}A running collector takes up changes within seconds, these at its next start only: {RestartOptions.Names}.");
        }));
        return command;
    }
}
