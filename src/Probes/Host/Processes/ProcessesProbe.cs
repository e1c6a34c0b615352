namespace NocMonitor.Probes.Host.Processes;

/// <summary>How many processes there are, by state. Keeps buffers between rounds, which never overlap.</summary>
internal sealed partial class ProcessesProbe(ProcessesOptions options) : IProbe
{
    public static ProcessesProbe Create(ProcessesOptions options, ProbeContext context) => new(options);

    public ValueTask ProbeAsync(IPointSink points, CancellationToken token)
    {
        points.Add(OperatingSystem.IsWindows() ? ReadWindows() : ReadProc(token));
        return ValueTask.CompletedTask;
    }
}
