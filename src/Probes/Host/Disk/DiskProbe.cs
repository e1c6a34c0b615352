using NocMonitor.Configuration;
using NocMonitor.LineProtocol;

namespace NocMonitor.Probes.Host.Disk;

/// <summary>
/// Space and files of each mounted file system. Keeps the list of mounts while the system's own does not change; the threads that ask belong to
/// <see cref="SpaceReader"/>, which reports from them.
/// </summary>
internal sealed partial class DiskProbe : IProbe, IDisposable
{
    // More dead file systems at once than any sane machine has; each thread that is stuck costs a few KiB of memory.
    private const int MostThreads = 16;

    private readonly DiskOptions _options;
    private readonly MountFilter _filter;
    private readonly SpaceReader _spaces;

    public DiskProbe(DiskOptions options, TimeProvider time, Func<Mount, DiskSpace>? read = null)
    {
        _options = options;
        _filter = new MountFilter(options);
        _spaces = new SpaceReader(read ?? ReadSpace, options.Timeout, MostThreads, time);
        _mountInfo = new ProcFile(options.Root.NamespaceProc("mountinfo"));
    }

    public static DiskProbe Create(DiskOptions options, ProbeContext context) => new(options, context.Time);

    public ValueTask ProbeAsync(IPointSink points, CancellationToken token) =>
        _spaces.ReadAsync(OperatingSystem.IsWindows() ? ListVolumes() : ListMounts(), (mount, answer) => Report(points, mount, answer), token);

    public void Dispose()
    {
        _spaces.Dispose();
        _mountInfo.Dispose();
    }

    private DiskSpace ReadSpace(Mount mount) => OperatingSystem.IsWindows() ? ReadVolume(mount) : ReadMount(mount);

    private static void Report(IPointSink points, Mount mount, in SpaceAnswer answer)
    {
        if (answer is { Outcome: SpaceOutcome.Answered, Space: { Result: ResultCode.Success, Total: 0 } })
        {
            // An interface of the kernel rather than a file system: nothing can fill up.
            return;
        }

        var point = NewPoint(mount, answer.Space.Facts);
        var (result, error) = Judge(answer);
        if (result == ResultCode.Success)
        {
            AddSpace(point, answer.Space);
        }

        point.Field("result_code", result).Field("response_time", Math.Round(answer.Waited.TotalSeconds, 4));
        points.Add(error is null ? point : point.Field("error", error));
    }

    private static Point NewPoint(Mount mount, VolumeFacts? facts) => new Point("disk")
        .Tag("path", mount.Path)
        .Tag("device", mount.Device)
        .Tag("fstype", facts?.Type ?? mount.Type)
        .Field("read_only", (facts?.IsReadOnly ?? mount.IsReadOnly) ? 1L : 0L);

    private static (long Result, string? Error) Judge(in SpaceAnswer answer) => answer.Outcome switch
    {
        SpaceOutcome.Answered => (answer.Space.Result, answer.Space.Error),
        SpaceOutcome.TimedOut => (ResultCode.Timeout, $"no answer within {Duration.Format(answer.Waited)}"),
        SpaceOutcome.Hanging => (ResultCode.Timeout, $"no answer for {answer.Waited.TotalSeconds:0} s; it is asked again when that call returns"),
        _ => (ResultCode.ProbeFailed, "not asked, because too many other file systems do not answer"),
    };

    private static void AddSpace(Point point, in DiskSpace space)
    {
        var used = space.Total - Math.Min(space.Free, space.Total);
        point.Field("total", Whole(space.Total))
            .Field("free", Whole(space.Available))
            .Field("used", Whole(used))
            .Field("used_percent", Percent.Of(used, (double)used + space.Available));
        if (space.Inodes > 0)
        {
            var inodesUsed = space.Inodes - Math.Min(space.InodesFree, space.Inodes);
            point.Field("inodes_total", Whole(space.Inodes))
                .Field("inodes_free", Whole(space.InodesFree))
                .Field("inodes_used", Whole(inodesUsed))
                .Field("inodes_used_percent", Percent.Of(inodesUsed, space.Inodes));
        }
    }

    private static long Whole(ulong value) => (long)Math.Min(value, long.MaxValue);
}
