using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NocMonitor.Agent.Settings;

namespace NocMonitor.Agent.Hosting;

/// <summary>The generic host around the agent: signals, start, an orderly stop within the time that service managers give.</summary>
internal static class AgentHost
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(5);

    /// <summary>Runs until told to stop; gives the exit code.</summary>
    public static async Task<int> RunAsync(AgentConfig config, AgentConfigRequest request, CompactLog log)
    {
        using var host = Build(config, request, log);
        await host.RunAsync();
        return Environment.ExitCode;
    }

    /// <summary>The same as a Windows service, whose manager starts and stops it.</summary>
    [System.Runtime.Versioning.SupportedOSPlatform("windows")]
    public static async Task<int> RunAsync(AgentConfig config, AgentConfigRequest request, CompactLog log, WindowsServiceControl service)
    {
        using var host = Build(config, request, log);
        service.StopRequested = host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication;
        service.ReloadRequested = host.Services.GetRequiredService<ReloadSignal>().Ask;
        await host.StartAsync();
        service.Running();
        await host.WaitForShutdownAsync();
        return Environment.ExitCode;
    }

    private static IHost Build(AgentConfig config, AgentConfigRequest request, CompactLog log)
    {
        // The empty builder: no configuration providers and no log providers, for each costs memory and none is used.
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(log));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopWithin);
        builder.Services.Configure<ConsoleLifetimeOptions>(options => options.SuppressStatusMessages = true);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(config);
        builder.Services.AddSingleton(request);
        builder.Services.AddSingleton<ReloadSignal>();
        builder.Services.AddHostedService<AgentWorker>();
        return builder.Build();
    }
}
