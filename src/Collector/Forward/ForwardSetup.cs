using NocMonitor.Collector.Hosting;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Forward;

internal static class ForwardSetup
{
    /// <summary>The forwarders to other stores.</summary>
    public static void AddForward(this IServiceCollection services, CollectorOptions options)
    {
        services.AddSingleton<ForwardMetrics>();
        services.AddSingleton(provider => new ForwarderSet(
            options.Forwarders, provider.GetRequiredService<TimeSeriesStore>(), provider.GetRequiredService<DataFolder>(),
            provider.GetRequiredService<ForwardMetrics>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ForwarderSet>>()));
        services.AddHostedService(provider => provider.GetRequiredService<ForwarderSet>());
    }
}
