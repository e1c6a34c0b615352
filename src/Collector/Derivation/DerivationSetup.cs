using NocMonitor.Collector.Events;
using NocMonitor.Collector.Hosting;
using NocMonitor.Collector.Rules.Evaluation;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Derivation;

internal static class DerivationSetup
{
    public static void AddDerivation(this IServiceCollection services, CollectorOptions options)
    {
        services.AddSingleton(options.Derivation);
        services.AddSingleton<DerivationMetrics>();
        services.AddSingleton<PortDirectory>();
        services.AddSingleton(provider =>
        {
            var rules = provider.GetRequiredService<RuleEngine>();
            return new TrapEvents(() => rules.Rules.Events, provider.GetRequiredService<PortDirectory>());
        });
        services.AddSingleton(provider =>
        {
            var derivation = ActivatorUtilities.CreateInstance<PointDerivation>(provider);
            provider.GetRequiredService<TimeSeriesStore>().Index.OnForgotten += derivation.Release;
            return derivation;
        });
    }
}
