namespace NocMonitor.Probes.Host.Disk;

internal enum QuestionState
{
    /// <summary>In the queue.</summary>
    Waiting,

    /// <summary>A thread is in the call.</summary>
    Asked,

    /// <summary>A thread is in the call, and nobody waits for it any more.</summary>
    GivenUp,
}

/// <summary>One file system to be asked. State and start belong to the gate of <see cref="SpaceReader"/>.</summary>
internal sealed class SpaceQuestion(Mount mount, SpaceRound round)
{
    public Mount Mount { get; } = mount;

    public SpaceRound Round { get; } = round;

    public QuestionState State { get; set; }

    /// <summary>When a thread went into the call, in ticks of the time provider.</summary>
    public long Started { get; set; }
}

/// <summary>One round of answers; finished when every file system has been reported. Safe for concurrent use.</summary>
internal sealed class SpaceRound
{
    private readonly Action<Mount, SpaceAnswer> _report;
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open;

    public SpaceRound(Action<Mount, SpaceAnswer> report, int open)
    {
        _report = report;
        _open = open;
        if (open == 0)
        {
            _finished.SetResult();
        }
    }

    public Task Finished => _finished.Task;

    public void Report(Mount mount, in SpaceAnswer answer)
    {
        _report(mount, answer);
        if (Interlocked.Decrement(ref _open) == 0)
        {
            _finished.TrySetResult();
        }
    }
}
