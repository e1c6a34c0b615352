using NocMonitor.Collector.Hosting;

namespace NocMonitor.Collector.Derivation;

internal static class DerivationSetup
{
    public static void AddDerivation(this IServiceCollection services, CollectorOptions options)
    {
        services.AddSingleton(options.Derivation);
        services.AddSingleton<DerivationMetrics>();
        services.AddSingleton<RateDerivation>();
    }
}
