using System.Buffers;
using NocMonitor.Agent.Settings;
using NocMonitor.LineProtocol;
using NocMonitor.Probes;

namespace NocMonitor.Agent.Scheduling;

/// <summary>
/// Takes the points of a listening probe for as long as it listens: adds time and tags, gathers lines for a moment, so that a storm costs few
/// writes, then hands them to the outlet and asks for a flush. Any thread; everything is under the lock.
/// </summary>
internal sealed class ListeningSink : IPointSink, IDisposable
{
    /// <summary>How long a line may wait for others.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private const int AppendAt = 32 << 10;

    private readonly ProbeEntry _entry;
    private readonly AgentIdentity _identity;
    private readonly PointOutlet _outlet;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _lines = new(1024);
    private int _count;
    private bool _isArmed;
    private bool _isClosed;

    public ListeningSink(ProbeEntry entry, AgentIdentity identity, PointOutlet outlet, TimeProvider time)
    {
        _entry = entry;
        _identity = identity;
        _outlet = outlet;
        _time = time;
        _timer = time.CreateTimer(static sink => ((ListeningSink)sink!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(Point point)
    {
        lock (_lock)
        {
            if (_isClosed || !Write(point))
            {
                _outlet.CountDropped(1);
                return;
            }

            _count++;
            if (_lines.WrittenCount >= AppendAt)
            {
                Append();
            }

            if (!_isArmed)
            {
                _isArmed = true;
                _timer.Change(Moment, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Hands over what has gathered; later points are dropped and counted.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            Append();
        }

        _timer.Dispose();
    }

    private bool Write(Point point)
    {
        point.Timestamp ??= UnixNanoseconds.From(_time.GetUtcNow());
        _identity.Complete(point, _entry.Tags);
        var start = _lines.WrittenCount;
        if (!LineWriter.Write(_lines, point))
        {
            return false;
        }

        if (_lines.WrittenCount - start <= PointOutlet.LongestLine)
        {
            return true;
        }

        // The writer can only be emptied: what came before the long line is handed over first.
        Append(start);
        return false;
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            _isArmed = false;
            Append();
        }

        _outlet.AskFlush();
    }

    private void Append() => Append(_lines.WrittenCount);

    private void Append(int length)
    {
        if (_count > 0)
        {
            _outlet.Append(_lines.WrittenSpan[..length], _count);
        }

        _lines.ResetWrittenCount();
        _count = 0;
    }
}
