using NocMonitor.LineProtocol;

namespace NocMonitor.Probes.Host.Processes;

/// <summary>Counts processes by the state letters of Linux (proc(5)).</summary>
internal struct StateCount
{
    private long _running;
    private long _sleeping;
    private long _blocked;
    private long _zombies;
    private long _stopped;
    private long _idle;
    private long _parked;
    private long _dead;
    private long _paging;
    private long _unknown;
    private long _total;
    private long _threads;

    public void Add(ProcessStat process)
    {
        _total++;
        _threads += process.Threads;
        switch (process.State)
        {
            case 'R': _running++; break;
            case 'S': _sleeping++; break;
            case 'D': _blocked++; break;
            case 'Z': _zombies++; break;
            case 'T' or 't': _stopped++; break;
            case 'I': _idle++; break;
            case 'P': _parked++; break;
            case 'X' or 'x': _dead++; break;
            case 'W': _paging++; break;
            default: _unknown++; break;
        }
    }

    public readonly Point ToPoint() => new Point("processes")
        .Field("running", _running)
        .Field("sleeping", _sleeping)
        .Field("blocked", _blocked)
        .Field("zombies", _zombies)
        .Field("stopped", _stopped)
        .Field("idle", _idle)
        .Field("parked", _parked)
        .Field("dead", _dead)
        .Field("paging", _paging)
        .Field("unknown", _unknown)
        .Field("total", _total)
        .Field("total_threads", _threads);
}
