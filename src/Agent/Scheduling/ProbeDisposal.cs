using NocMonitor.Probes;

namespace NocMonitor.Agent.Scheduling;

/// <summary>Lets a probe go that may hold sockets or handles.</summary>
internal static class ProbeDisposal
{
    public static async ValueTask DisposeAsync(IProbe probe)
    {
        switch (probe)
        {
            case IAsyncDisposable resource:
                await resource.DisposeAsync();
                break;
            case IDisposable resource:
                resource.Dispose();
                break;
        }
    }
}
