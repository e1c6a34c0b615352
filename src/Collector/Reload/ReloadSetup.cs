using NocMonitor.Collector.Hosting;

namespace NocMonitor.Collector.Reload;

internal static class ReloadSetup
{
    public static void AddReload(this IServiceCollection services, CollectorConfiguration source)
    {
        services.AddSingleton(source);
        services.AddSingleton<ReloadMetrics>();
        services.AddSingleton<ConfigReloader>();
        services.AddSingleton<ReloadTrigger>();
        services.AddHostedService(provider => provider.GetRequiredService<ReloadTrigger>());
    }
}
