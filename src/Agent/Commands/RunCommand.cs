using System.CommandLine;
using System.Runtime.Versioning;
using Microsoft.Extensions.Logging;
using NocMonitor.Agent.Hosting;
using NocMonitor.Agent.Settings;

namespace NocMonitor.Agent.Commands;

internal static class RunCommand
{
    public static Command Create()
    {
        var command = new Command("run", "Runs the agent until it is told to stop.");
        command.SetAction(async (parsed, _) =>
        {
            Footprint.Prepare();
            using var log = new CompactLog(Console.Error, LogLevel.Information, TimeProvider.System);
            return OperatingSystem.IsWindows() && await WindowsServiceControl.ConnectAsync() is { } service
                ? await RunAsServiceAsync(parsed, log, service)
                : AgentCommands.Load(parsed) is { } config
                    ? await AgentHost.RunAsync(config, AgentCommands.RequestOf(parsed), log)
                    : AgentCommands.CannotDo;
        });
        return command;
    }

    [SupportedOSPlatform("windows")]
    private static async Task<int> RunAsServiceAsync(ParseResult parsed, CompactLog log, WindowsServiceControl service)
    {
        using var events = new WindowsEventLog();
        log.Mirror = events.Write;

        // A service starts in the system's folder, where nobody keeps a configuration.
        Environment.CurrentDirectory = AppContext.BaseDirectory;
        var code = AgentCommands.CannotDo;
        try
        {
            var request = AgentCommands.RequestOf(parsed);
            var config = AgentConfig.Load(request);
            foreach (var error in config.Errors)
            {
                HostingLog.ConfigError(log, error.ToString());
            }

            foreach (var warning in config.Warnings)
            {
                HostingLog.ConfigWarning(log, warning.ToString());
            }

            code = config.Errors.Count > 0 ? code : await AgentHost.RunAsync(config, request, log, service);
        }
        finally
        {
            service.Stopped(code);
        }

        return code;
    }
}
