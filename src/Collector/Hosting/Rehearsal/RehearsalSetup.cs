using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace NocMonitor.Collector.Hosting.Rehearsal;

internal static class RehearsalSetup
{
    /// <summary>Puts the rehearsal before the web server that is registered; each <see cref="RehearsedRequests"/> among the services is asked.</summary>
    public static void AddRehearsal(this IServiceCollection services)
    {
        var server = services.Last(service => service.ServiceType == typeof(IServer)).ImplementationType!;
        services.AddSingleton<StartRehearsal>();
        services.Replace(ServiceDescriptor.Singleton<IServer>(provider => new RehearsedServer(
            (IServer)ActivatorUtilities.CreateInstance(provider, server), provider.GetRequiredService<StartRehearsal>())));
    }
}
