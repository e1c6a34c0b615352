using NocMonitor.Collector.Alerts;
using NocMonitor.Collector.Hosting;
using NocMonitor.Collector.Notify.Outbox;

namespace NocMonitor.Collector.Notify;

internal static class NotifySetup
{
    /// <summary>Routes for the alerts, and the dispatcher that empties the outbox.</summary>
    public static void AddNotify(this IServiceCollection services, CollectorOptions options)
    {
        services.AddSingleton<NotifyMetrics>();
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<OutboxStanding>();
        services.AddSingleton(new AlertRouter(options.Notify.ToRouteTable()));
        services.AddSingleton<IAlertRouter>(provider => provider.GetRequiredService<AlertRouter>());
        services.AddSingleton<ISparklineSource, StoreSparklines>();
        services.AddSingleton(provider => new OutboxRowReader(id => AlertLink.Of(options.ExternalUrl, id), provider.GetRequiredService<ISparklineSource>()));
        services.AddSingleton<OutboxStore>();
        services.AddSingleton(provider => new NotificationDispatcher(
            options.Notify, provider.GetRequiredService<OutboxSignal>(), current => Context(provider, options, current)));
        services.AddHostedService(provider => provider.GetRequiredService<NotificationDispatcher>());
        services.AddHostedService<OutboxExpiry>();
    }

    private static DispatchContext Context(IServiceProvider provider, CollectorOptions options, NotifyOptions current) => new(
        provider.GetRequiredService<OutboxStore>(), current.Outbox, provider.GetRequiredService<NotifyMetrics>(), options.ExternalUrl,
        provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ReceiverQueue>>());
}
