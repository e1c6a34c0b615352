using System.Globalization;
using NocMonitor.LineProtocol;

namespace NocMonitor.Probes.Host.Cpu;

/// <summary>
/// What the CPUs did since the round before, in percent. Keeps the last two readings, which change places each round, and the tag of each CPU;
/// rounds never overlap, so nothing is shared.
/// </summary>
internal sealed partial class CpuProbe(CpuOptions options, TimeProvider time) : IProbe, IDisposable
{
    private CpuReading _before = new();
    private CpuReading _after = new();
    private string[] _names = [];

    public static CpuProbe Create(CpuOptions options, ProbeContext context) => new(options, context.Time);

    public async ValueTask ProbeAsync(IPointSink points, CancellationToken token)
    {
        if (_after.Total is null)
        {
            ReadTimes(_after);
            await Task.Delay(options.FirstSample, time, token);
        }

        (_before, _after) = (_after, _before);
        ReadTimes(_after);
        Report(points);
    }

    private void ReadTimes(CpuReading reading)
    {
        if (OperatingSystem.IsWindows())
        {
            ReadWindows(reading);
        }
        else
        {
            ReadProc(reading);
        }
    }

    private void Report(IPointSink points)
    {
        if (options.PerCpu)
        {
            for (var cpu = 0; cpu < _after.Count; cpu++)
            {
                Report(points, Name(cpu), _before[cpu], _after[cpu]);
            }
        }

        if (options.Total)
        {
            Report(points, "cpu-total", _before.Total, _after.Total);
        }
    }

    private void Report(IPointSink points, string name, CpuTimes? before, CpuTimes? after)
    {
        if (after is not { } now)
        {
            return;
        }

        var point = new Point("cpu").Tag("cpu", name);
        if (before is { } last)
        {
            AddUsage(point, CpuTimes.Between(last, now));
        }

        if (options.Times)
        {
            AddTimes(point, now);
        }

        if (point.Fields.Count > 0)
        {
            points.Add(point);
        }
    }

    private static void AddUsage(Point point, in CpuTimes spent)
    {
        var total = spent.Total;
        if (total == 0)
        {
            return;
        }

        point.Field("usage_user", Percent.Of(spent.User - Math.Min(spent.Guest, spent.User), total))
            .Field("usage_system", Percent.Of(spent.System, total))
            .Field("usage_idle", Percent.Of(spent.Idle, total))
            .Field("usage_active", Percent.Of(total - spent.Idle, total))
            .Field("usage_irq", Percent.Of(spent.Irq, total))
            .Field("usage_softirq", Percent.Of(spent.SoftIrq, total));
        if (!OperatingSystem.IsWindows())
        {
            point.Field("usage_nice", Percent.Of(spent.Nice - Math.Min(spent.GuestNice, spent.Nice), total))
                .Field("usage_iowait", Percent.Of(spent.IoWait, total))
                .Field("usage_steal", Percent.Of(spent.Steal, total))
                .Field("usage_guest", Percent.Of(spent.Guest, total))
                .Field("usage_guest_nice", Percent.Of(spent.GuestNice, total));
        }
    }

    private static void AddTimes(Point point, in CpuTimes times)
    {
        point.Field("time_user", Seconds(times.User))
            .Field("time_system", Seconds(times.System))
            .Field("time_idle", Seconds(times.Idle))
            .Field("time_active", Seconds(times.Total - times.Idle))
            .Field("time_irq", Seconds(times.Irq))
            .Field("time_softirq", Seconds(times.SoftIrq));
        if (!OperatingSystem.IsWindows())
        {
            point.Field("time_nice", Seconds(times.Nice))
                .Field("time_iowait", Seconds(times.IoWait))
                .Field("time_steal", Seconds(times.Steal))
                .Field("time_guest", Seconds(times.Guest))
                .Field("time_guest_nice", Seconds(times.GuestNice));
        }
    }

    private static double Seconds(ulong ticks) => Math.Round(ticks / (OperatingSystem.IsWindows() ? WindowsTicksPerSecond : LinuxTicksPerSecond), 2);

    private string Name(int cpu)
    {
        if (cpu >= _names.Length)
        {
            _names = [.. Enumerable.Range(0, _after.Count).Select(number => string.Create(CultureInfo.InvariantCulture, $"cpu{number}"))];
        }

        return _names[cpu];
    }
}
