using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Operations;
using NocMonitor.Collector.Rules.Definition;
using NocMonitor.Collector.Rules.Evaluation;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Rules;

internal static class RulesSetup
{
    /// <summary>Rules, alerts and what follows from them. Needs the store, the operational database, a router and the outbox signal among the services.</summary>
    /// <param name="rules">The rules to begin with, loaded and found without errors.</param>
    public static void AddRules(this IServiceCollection services, RulesOptions options, RuleSet rules)
    {
        services.AddSingleton(options);
        services.AddSingleton(new AlertLogOptions(options.ParentWait, options.KeepResolved));
        services.AddSingleton<AlertLog>();
        services.AddSingleton<AlertStore>();
        services.AddSingleton<RuleEngine>();
        services.AddSingleton(provider => new AlertPoints(
            provider.GetRequiredService<OperationsDatabase>(), provider.GetRequiredService<TimeSeriesStore>(), provider.GetRequiredService<RuleEngine>().Sequences,
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<AlertPoints>>()));
        services.AddHostedService(provider => new RuleEngineHost(
            provider.GetRequiredService<RuleEngine>(), provider.GetRequiredService<AlertLog>(), provider.GetRequiredService<AlertPoints>(), rules,
            provider.GetRequiredService<TimeProvider>()));
    }
}
