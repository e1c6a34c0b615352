using NocMonitor.LineProtocol;
using NocMonitor.Probes.Matching;

namespace NocMonitor.Probes.Host.DiskIo;

/// <summary>
/// Traffic of each disk, and how long its requests waited since the round before. Keeps the last reading of each disk; rounds never overlap.
/// </summary>
internal sealed partial class DiskIoProbe : IProbe, IDisposable
{
    private readonly DiskIoOptions _options;
    private readonly TimeProvider _time;
    private readonly NamePattern[] _devices;
    private readonly NamePattern[] _excludeDevices;
    private readonly NameList<DiskDevice> _known;

    public DiskIoProbe(DiskIoOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _devices = Patterns(options.Devices);
        _excludeDevices = Patterns(options.ExcludeDevices);
        _known = new NameList<DiskDevice>(name => new DiskDevice(name, IsReported(name)));
        _diskStats = new ProcFile(options.Root.Proc("diskstats"));
    }

    public static DiskIoProbe Create(DiskIoOptions options, ProbeContext context) => new(options, context.Time);

    public ValueTask ProbeAsync(IPointSink points, CancellationToken token)
    {
        _known.Begin();
        if (OperatingSystem.IsWindows())
        {
            ReadWindows(points);
        }
        else
        {
            ReadProc(points);
        }

        _known.End();
        return ValueTask.CompletedTask;
    }

    private static NamePattern[] Patterns(IReadOnlyList<string> texts) =>
        [.. texts.Select(text => new NamePattern(text, ignoreCase: OperatingSystem.IsWindows()))];

    private bool IsReported(string name)
    {
        if (_devices.Length > 0)
        {
            return Array.Exists(_devices, pattern => pattern.Matches(name));
        }

        return !Array.Exists(_excludeDevices, pattern => pattern.Matches(name))
            && (_options.Partitions || OperatingSystem.IsWindows() || IsWholeDisk(name));
    }

    private void Report(IPointSink points, DiskDevice device, in DiskCounters now, long timestamp)
    {
        var point = new Point("diskio").Tag("name", device.Name);
        AddCounters(point, now);
        if (device.Advance(now, timestamp, _time) is { } load)
        {
            AddLoad(point, load);
        }

        points.Add(point);
    }

    private static void AddCounters(Point point, in DiskCounters now)
    {
        point.Field("reads", Signed(now.Reads))
            .Field("writes", Signed(now.Writes))
            .Field("read_bytes", Signed(now.ReadBytes))
            .Field("write_bytes", Signed(now.WriteBytes))
            .Field("read_time", Signed(now.ReadTime))
            .Field("write_time", Signed(now.WriteTime))
            .Field("iops_in_progress", Signed(now.InProgress));
        if (!OperatingSystem.IsWindows())
        {
            point.Field("io_time", Signed(now.IoTime))
                .Field("weighted_io_time", Signed(now.WeightedIoTime))
                .Field("merged_reads", Signed(now.MergedReads))
                .Field("merged_writes", Signed(now.MergedWrites));
        }
    }

    private static void AddLoad(Point point, in DiskLoad load) => point
        .Field("await_ms", load.Await)
        .Field("read_await", load.ReadAwait)
        .Field("write_await", load.WriteAwait)
        .Field("util_percent", load.Utilization)
        .Field("io_await", load.Await)
        .Field("io_util", load.Utilization);

    private static long Signed(ulong value) => (long)Math.Min(value, long.MaxValue);
}
