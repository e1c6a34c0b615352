using System.Buffers;
using NocMonitor.Agent.Settings;
using NocMonitor.LineProtocol;
using NocMonitor.Probes;

namespace NocMonitor.Agent.Scheduling;

/// <summary>
/// Takes the points of one round: adds time and tags, writes them as lines and appends them to the spool, at the end of the round, when many have
/// gathered, or at once when a result changed and while it is confirmed. Targets report side by side: everything is under the lock. After the round is closed, points
/// of a probe that did not know when to stop are dropped and counted.
/// </summary>
internal sealed class RoundSink(ProbeEntry entry, AgentIdentity identity, PointOutlet outlet, TimeProvider time) : IPointSink
{
    private const int AppendAt = 32 << 10;

    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _lines = new(1024);
    private int _count;
    private bool _isClosed;

    public int Points { get; private set; }

    public void Add(Point point)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                outlet.CountDropped(1);
                return;
            }

            Points++;
            Write(point);
        }
    }

    /// <summary>A point is written at once and never kept.</summary>
    public void AddCopy(Point point) => Add(point);

    /// <summary>Adds the round's own point, if any, and hands over what has gathered; nothing is taken after the first close.</summary>
    public void Close(Point? round)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            if (round is not null)
            {
                Write(round);
            }

            Append();
        }
    }

    private void Write(Point point)
    {
        point.Timestamp ??= UnixNanoseconds.From(time.GetUtcNow());
        identity.Complete(point, entry.Tags);
        var start = _lines.WrittenCount;
        if (!LineWriter.Write(_lines, point))
        {
            return;
        }

        var line = _lines.WrittenSpan[start..];
        if (line.Length > PointOutlet.LongestLine)
        {
            outlet.CountDropped(1);
            Rewind(start);
            return;
        }

        _count++;
        var urgent = point.FindField("result_code") is { Kind: FieldKind.Integer } result && outlet.Results.IsUrgent(line, result.Integer);
        if (urgent || _lines.WrittenCount >= AppendAt)
        {
            Append();
        }

        if (urgent)
        {
            outlet.AskFlush();
        }
    }

    private void Append()
    {
        if (_count > 0)
        {
            outlet.Append(_lines.WrittenSpan, _count);
            _lines.ResetWrittenCount();
            _count = 0;
        }
    }

    /// <summary>Takes the last line back: the writer can only be emptied, so what came before it is handed over first.</summary>
    private void Rewind(int start)
    {
        if (_count > 0)
        {
            outlet.Append(_lines.WrittenSpan[..start], _count);
        }

        _lines.ResetWrittenCount();
        _count = 0;
    }
}
