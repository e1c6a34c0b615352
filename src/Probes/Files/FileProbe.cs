namespace NocMonitor.Probes.Files;

/// <summary>Looks at files: there or not, size, age, how many match, changed or not. A path that hangs delays no other path.</summary>
internal sealed class FileProbe(FileProbeOptions options, TimeProvider time, GuardedCalls calls) : IProbe
{
    private const int PathsSideBySide = 8;

    private readonly WatchedPath[] _paths = [.. options.Paths.Select(path => new WatchedPath(path, options, time, calls))];

    public static IProbe Create(FileProbeOptions options, ProbeContext context) =>
        new FileProbe(options, context.Time, context.Shared(static shared => new GuardedCalls(shared.Time)));

    public async ValueTask ProbeAsync(IPointSink points, CancellationToken token)
    {
        var limits = new ParallelOptions { MaxDegreeOfParallelism = PathsSideBySide, CancellationToken = token };
        await Parallel.ForEachAsync(_paths, limits, async (path, stop) => points.Add(await path.ProbeAsync(stop)));
    }
}
