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
        command.SetAction((result, token) => RunAsync(common.From(result), result.InvocationConfiguration.Error, token));
        return command;
    }

    private static async Task<int> RunAsync(CollectorConfiguration configuration, TextWriter errorOutput, CancellationToken token)
    {
        if (CommonOptions.ReadOrComplain(configuration, errorOutput) is not { } options)
        {
            return 1;
        }

        try
        {
            await using var app = CollectorApp.Build(options, TimeProvider.System);
            await app.StartListeningAsync(options, token);
            await app.WaitForShutdownAsync(token);
            return 0;
        }
        catch (StartupException exception)
        {
            await errorOutput.WriteLineAsync($"nocmonitor-collector: {exception.Message}");
            return 1;
        }
    }
}
