namespace NocMonitor.Probes;

/// <summary>Lets a probe go that may hold sockets or handles.</summary>
public static class ProbeDisposal
{
    /// <param name="probe">An <see cref="IProbe"/>, or what one is made of.</param>
    public static async ValueTask DisposeAsync(object probe)
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
