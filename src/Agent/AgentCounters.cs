namespace NocMonitor.Agent;

/// <summary>What the agent counts about itself. Any thread adds; the heartbeat and <c>/metrics</c> read. Totals since the start of the process.</summary>
internal sealed class AgentCounters
{
    private long _pointsCollected;
    private long _pointsSent;
    private long _pointsDropped;
    private long _pointsRefused;
    private long _probeErrors;
    private long _probeTimeouts;
    private long _probeOverruns;
    private long _sendErrors;
    private long _spoolErrors;
    private long _configErrors;

    /// <summary>Points that probes made and the spool took.</summary>
    public long PointsCollected => Interlocked.Read(ref _pointsCollected);

    /// <summary>Points that a collector acknowledged.</summary>
    public long PointsSent => Interlocked.Read(ref _pointsSent);

    /// <summary>Points lost: the spool's bounds, a full disk, a torn file, or a line too long.</summary>
    public long PointsDropped => Interlocked.Read(ref _pointsDropped);

    /// <summary>Points that a collector refused as bad and that went to the dead-letter file.</summary>
    public long PointsRefused => Interlocked.Read(ref _pointsRefused);

    /// <summary>Rounds that ended in an exception.</summary>
    public long ProbeErrors => Interlocked.Read(ref _probeErrors);

    /// <summary>Rounds that did not end within their time limit.</summary>
    public long ProbeTimeouts => Interlocked.Read(ref _probeTimeouts);

    /// <summary>Rounds left out because the one before had not ended.</summary>
    public long ProbeOverruns => Interlocked.Read(ref _probeOverruns);

    /// <summary>Requests to a collector that failed.</summary>
    public long SendErrors => Interlocked.Read(ref _sendErrors);

    /// <summary>Writes and reads of the spool that failed.</summary>
    public long SpoolErrors => Interlocked.Read(ref _spoolErrors);

    /// <summary>Reloads that kept the old configuration.</summary>
    public long ConfigErrors => Interlocked.Read(ref _configErrors);

    public void Collected(long points) => Interlocked.Add(ref _pointsCollected, points);

    public void Sent(long points) => Interlocked.Add(ref _pointsSent, points);

    public void Dropped(long points) => Interlocked.Add(ref _pointsDropped, points);

    public void Refused(long points) => Interlocked.Add(ref _pointsRefused, points);

    public void ProbeFailed() => Interlocked.Increment(ref _probeErrors);

    public void ProbeTimedOut() => Interlocked.Increment(ref _probeTimeouts);

    public void ProbeOverran() => Interlocked.Increment(ref _probeOverruns);

    public void SendFailed() => Interlocked.Increment(ref _sendErrors);

    public void SpoolFailed() => Interlocked.Increment(ref _spoolErrors);

    public void ConfigFailed() => Interlocked.Increment(ref _configErrors);
}
