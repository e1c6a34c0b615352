using NocMonitor.Collector.Ingest;

namespace NocMonitor.Collector.SelfReport;

internal static class SelfReportSetup
{
    public static void AddSelfReport(this IServiceCollection services)
    {
        services.AddSingleton<PointWriter>();
        services.AddSingleton<RuleLag>();
        services.AddSingleton<SelfPoints>();
        services.AddHostedService<SelfReporter>();
    }
}
