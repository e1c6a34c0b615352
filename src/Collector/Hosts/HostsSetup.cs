using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Hosts;

internal static class HostsSetup
{
    public static void AddHosts(this IServiceCollection services)
    {
        services.AddSingleton<HostStore>();
        services.AddSingleton<ForgottenHosts>();
        services.AddSingleton<HostRemoval>();
        services.AddSingleton(Restore);
        services.AddHostedService<HostKeeper>();
    }

    private static HostBoard Restore(IServiceProvider provider)
    {
        var board = new HostBoard(provider.GetRequiredService<TimeProvider>());
        foreach (var (name, agent, firstSeen, lastSeen) in provider.GetRequiredService<HostStore>().Read())
        {
            var host = new KnownHost(name, DateTimeOffset.FromUnixTimeMilliseconds(firstSeen)) { Agent = agent };
            host.Saw(lastSeen * 1_000_000);
            board.Restore(host);
        }

        provider.GetRequiredService<TimeSeriesStore>().Index.OnForgotten += board.Release;
        return board;
    }
}
