using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NocMonitor.Agent.Hosting;
using NocMonitor.Agent.Settings;

namespace NocMonitor.Agent.Commands;

internal static class RunCommand
{
    public static Command Create()
    {
        var command = new Command("run", "Runs the agent until it is told to stop.");
        command.SetAction(async (parsed, token) =>
        {
            if (AgentCommands.Load(parsed) is not { } config)
            {
                return AgentCommands.CannotDo;
            }

            using var host = BuildHost(config);
            await host.RunAsync(token);
            return Environment.ExitCode;
        });
        return command;
    }

    private static IHost BuildHost(AgentConfig config)
    {
        // The empty builder: no configuration providers and no log providers, for each costs memory and none is used.
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(new CompactLog(Console.Error, LogLevel.Information, TimeProvider.System)));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.Services.Configure<ConsoleLifetimeOptions>(options => options.SuppressStatusMessages = true);
        builder.Services.AddSingleton(config);
        builder.Services.AddHostedService<AgentWorker>();
        return builder.Build();
    }
}
