using NocMonitor.Collector.Hosting.Rehearsal;

namespace NocMonitor.Collector.Hosting;

internal static class HostSetup
{
    /// <summary>What every feature stands on: logs, the web server, the clock, the options and the data folder.</summary>
    public static void AddHost(this WebApplicationBuilder builder, CollectorOptions options, TimeProvider time)
    {
        var gate = new StartupGate();
        builder.Logging.AddConsoleLogs(options.LogLevel, gate);
        builder.AddKestrel(options);
        builder.Services.AddRehearsal();
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(gate);
        builder.Services.AddDataFolder(options);
    }
}
