using System.Runtime.Versioning;

namespace NocMonitor.Probes.Host.Cpu;

/// <summary>Linux: /proc/stat.</summary>
internal sealed partial class CpuProbe
{
    // USER_HZ, the unit of /proc/stat: 100 on every architecture that .NET runs on, whatever the kernel's own tick.
    private const double LinuxTicksPerSecond = 100;

    private readonly ProcFile _stat = new(options.Root.Proc("stat"));

    public void Dispose() => _stat.Dispose();

    [UnsupportedOSPlatform("windows")]
    private void ReadProc(CpuReading reading)
    {
        CpuTimesParser.Parse(_stat.Read(), reading);
        if (reading.Total is null)
        {
            throw new InvalidDataException("/proc/stat has no line for all CPUs");
        }
    }
}
