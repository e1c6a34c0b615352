using System.CommandLine;

namespace NocMonitor.Collector.Cli;

/// <summary><c>check-config</c>: every error of options, receivers, routes and rules at once, each with its place.</summary>
internal static class CheckConfigCommand
{
    public static Command Create()
    {
        var command = new Command("check-config", "Checks the configuration and prints all errors, each with file, line and column.");
        var common = new CommonOptions().AddTo(command);
        command.SetAction(result =>
        {
            var output = result.InvocationConfiguration;
            if (CommonOptions.ReadOrComplain(common.From(result), output.Error) is null)
            {
                return 1;
            }

            output.Output.WriteLine("The configuration is right.");
            return 0;
        });
        return command;
    }
}
