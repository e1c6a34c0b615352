using NocMonitor.Collector.Backtest;
using NocMonitor.Collector.Derivation;
using NocMonitor.Collector.Forward;
using NocMonitor.Collector.Hosting;
using NocMonitor.Collector.Hosts;
using NocMonitor.Collector.Ingest;
using NocMonitor.Collector.Inventory;
using NocMonitor.Collector.Memory;
using NocMonitor.Collector.Notify;
using NocMonitor.Collector.Query;
using NocMonitor.Collector.Reload;
using NocMonitor.Collector.Rules;
using NocMonitor.Collector.Rules.Definition;
using NocMonitor.Collector.Security;
using NocMonitor.Collector.SelfReport;
using NocMonitor.Collector.Storage;
using NocMonitor.Collector.Telemetry;

namespace NocMonitor.Collector;

/// <summary>Composes the collector: one Add and one Map a feature.</summary>
internal static class CollectorApp
{
    /// <param name="source">Where options and rules were read from, and are read from again.</param>
    public static WebApplication Build(CollectorConfiguration source, CollectorOptions options, RuleSet rules, TimeProvider time)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(CollectorApp).Assembly.GetName().Name });
        builder.AddHost(options, time);
        builder.Services.AddTelemetry();
        builder.Services.AddOperations();
        builder.Services.AddSecurity();
        builder.Services.AddStorage(options);
        builder.Services.AddHosts();
        builder.Services.AddNotify(options);
        builder.Services.AddRules(options.Rules, rules);
        builder.Services.AddDerivation(options);
        builder.Services.AddIngest(options);
        builder.Services.AddHealth();
        builder.Services.AddQuery(options);
        builder.Services.AddInventory(options.Inventory);
        builder.Services.AddForward(options);
        builder.Services.AddBacktest();
        builder.Services.AddSelfReport();
        builder.Services.AddReload(source);
        builder.Services.AddMemoryReturn();
        builder.Services.AddHostedService(SystemdReporter.Create);

        var app = builder.Build();
        app.MapIngest();
        app.MapHealth();
        app.MapQuery();
        app.MapBacktest();
        app.MapInventory();
        app.MapMetrics();
        return app;
    }
}
