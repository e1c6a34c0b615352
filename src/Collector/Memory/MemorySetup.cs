using NocMonitor.Collector.Ingest;
using NocMonitor.Collector.Rules.Evaluation;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Memory;

internal static class MemorySetup
{
    /// <summary>Memory is given back when there is little to do. Needs the store, the rule engine and the write doors among the services.</summary>
    public static void AddMemoryReturn(this IServiceCollection services)
    {
        services.AddSingleton(provider => new IdleMemory(provider.GetRequiredService<LineIntakePool>().ReleaseIdle));
        services.AddSingleton(provider => new IdleMemory(provider.GetRequiredService<TimeSeriesStore>().ReleaseIdle));
        services.AddSingleton(provider => new IdleMemory(provider.GetRequiredService<RuleEngine>().ReleaseIdle));
        services.AddHostedService<MemoryReturn>();
    }
}
