using System.CommandLine;

namespace NocMonitor.Agent.Commands;

internal static class CheckConfigCommand
{
    public static Command Create()
    {
        var command = new Command("check-config", "Reads the configuration, prints every error with file, line and column, and exits 1 if there are any.");
        command.SetAction(parsed =>
        {
            if (AgentCommands.Load(parsed) is not { } config)
            {
                return AgentCommands.CannotDo;
            }

            var output = parsed.InvocationConfiguration.Output;
            output.WriteLine($"good: {string.Join(", ", config.Files.Where(File.Exists))}");
            foreach (var probe in config.Options.Probes)
            {
                output.WriteLine($"  {probe.Name,-24} {probe.Type,-12} every {Configuration.Duration.Format(probe.Interval)}");
            }

            return AgentCommands.Good;
        });
        return command;
    }
}
