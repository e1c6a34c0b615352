using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using NocMonitor.Collector.Memory;

namespace NocMonitor.Collector.Hosting.Rehearsal;

/// <summary>The web server, before whose doors open the application has answered itself once.</summary>
internal sealed class RehearsedServer(IServer server, StartRehearsal rehearsal) : IServer
{
    public IFeatureCollection Features => server.Features;

    public async Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        await rehearsal.RunAsync(application, cancellationToken);
        StartMemory.Return();
        await server.StartAsync(application, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => server.StopAsync(cancellationToken);

    public void Dispose() => server.Dispose();
}
