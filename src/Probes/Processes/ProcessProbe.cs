using System.ComponentModel;

namespace NocMonitor.Probes.Processes;

/// <summary>Counts the processes of each group and sums what they use, in one pass over the processes of the machine. Rounds never overlap.</summary>
internal sealed class ProcessProbe(ProcessOptions options, TimeProvider time) : IProbe
{
    private readonly ProcessTable _table = new(options.Root, time);
    private readonly ProcessGroup[] _groups = [.. options.Groups.Select(group => new ProcessGroup(group))];
    private long _last;

    public static IProbe Create(ProcessOptions options, ProbeContext context) => new ProcessProbe(options, context.Time);

    public ValueTask ProbeAsync(IPointSink points, CancellationToken token)
    {
        var started = time.GetTimestamp();
        try
        {
            _table.Refresh(token);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or Win32Exception)
        {
            Array.ForEach(_groups, group => points.Add(ProcessPoints.Unreadable(group, exception.Message)));
            return ValueTask.CompletedTask;
        }

        TimeSpan? elapsed = _table.IsFirstRound ? null : time.GetElapsedTime(_last, started);
        _last = started;
        Gather(token);
        foreach (var group in _groups)
        {
            AddUse(group, elapsed, points);
            points.Add(ProcessPoints.Lookup(group).Field("duration_ms", Math.Round(time.GetElapsedTime(started).TotalMilliseconds, 2)));
        }

        return ValueTask.CompletedTask;
    }

    private void Gather(CancellationToken token)
    {
        Array.ForEach(_groups, group => group.Begin(_table));
        foreach (var process in _table.All)
        {
            token.ThrowIfCancellationRequested();
            foreach (var group in _groups)
            {
                group.Offer(process, _table);
            }
        }
    }

    private void AddUse(ProcessGroup group, TimeSpan? elapsed, IPointSink points)
    {
        var now = time.GetUtcNow();
        if (group.Options.PerProcess)
        {
            foreach (var process in group.Members)
            {
                points.Add(ProcessPoints.Use(group.Options, [process], _table, elapsed, now));
            }
        }
        else if (group.Members.Count > 0)
        {
            points.Add(ProcessPoints.Use(group.Options, group.Members, _table, elapsed, now));
        }
    }
}
