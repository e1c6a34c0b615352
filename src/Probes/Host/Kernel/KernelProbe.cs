namespace NocMonitor.Probes.Host.Kernel;

/// <summary>Counters of the kernel since boot. Keeps buffers between rounds, which never overlap.</summary>
internal sealed partial class KernelProbe(KernelOptions options) : IProbe, IDisposable
{
    public static KernelProbe Create(KernelOptions options, ProbeContext context) => new(options);

    public ValueTask ProbeAsync(IPointSink points, CancellationToken token)
    {
        points.Add(OperatingSystem.IsWindows() ? ReadWindows() : ReadProc());
        return ValueTask.CompletedTask;
    }
}
