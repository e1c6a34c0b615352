namespace NocMonitor.Agent.Delivery;

/// <summary>
/// What of the spool is not delivered yet: a backlog of stretches, oldest first, and a live stretch that ends where the spool ends. While the
/// collector answers, the live stretch is all there is. After a failure its older part moves to the backlog, so that the newest points
/// go first when the collector is back. Pure bookkeeping; its owner, the spool, holds the lock.
/// </summary>
internal sealed class UnsentRanges
{
    /// <summary>More stretches than this are joined: what lies between is sent twice, which changes nothing at the collector.</summary>
    private const int MostStretches = 32;
    private const int MostMarks = 64;

    private readonly List<SpoolRange> _backlog = [];
    private readonly List<SpoolPosition> _marks = [];

    public UnsentRanges(SpoolPosition liveStart) => LiveStart = liveStart;

    public UnsentRanges(IEnumerable<SpoolRange> backlog, SpoolPosition liveStart)
        : this(liveStart)
    {
        foreach (var range in backlog.OrderBy(range => range.Start))
        {
            AddBacklog(range);
        }
    }

    public IReadOnlyList<SpoolRange> Backlog => _backlog;

    public SpoolPosition LiveStart { get; private set; }

    /// <summary>The oldest place that is not delivered.</summary>
    public SpoolPosition Oldest => _backlog.Count > 0 && _backlog[0].Start < LiveStart ? _backlog[0].Start : LiveStart;

    /// <summary>Notes where the spool ended when a delivery failed: a boundary at which the live stretch may be cut later.</summary>
    public void MarkFailure(SpoolPosition end)
    {
        if (end <= LiveStart || (_marks.Count > 0 && _marks[^1] >= end))
        {
            return;
        }

        if (_marks.Count == MostMarks)
        {
            // Every second mark goes: the cut becomes coarser, never wrong.
            var kept = _marks.Where((_, index) => index % 2 == 1).ToList();
            _marks.Clear();
            _marks.AddRange(kept);
        }

        _marks.Add(end);
    }

    /// <summary>Keeps only so much of the live stretch live that it fits one batch, as far as the marks allow; the older part becomes backlog.</summary>
    /// <param name="fits">Whether the stretch from a position to the end fits.</param>
    public void TrimLive(Func<SpoolPosition, bool> fits)
    {
        if (_marks.Count == 0 || fits(LiveStart))
        {
            return;
        }

        var index = _marks.FindIndex(mark => fits(mark));
        var cut = index < 0 ? _marks[^1] : _marks[index];
        AddBacklog(new SpoolRange(LiveStart, cut));
        LiveStart = cut;
        _marks.RemoveAll(mark => mark <= cut);
    }

    /// <summary>Takes a delivered stretch out, from wherever it lies.</summary>
    public void Remove(SpoolRange sent)
    {
        if (sent.Start <= LiveStart && sent.End > LiveStart)
        {
            LiveStart = sent.End;
            _marks.RemoveAll(mark => mark <= sent.End);
        }

        for (var i = _backlog.Count - 1; i >= 0; i--)
        {
            var range = _backlog[i];
            if (sent.End <= range.Start || sent.Start >= range.End)
            {
                continue;
            }

            _backlog.RemoveAt(i);
            if (sent.End < range.End)
            {
                _backlog.Insert(i, new SpoolRange(sent.End, range.End));
            }

            if (range.Start < sent.Start)
            {
                _backlog.Insert(i, new SpoolRange(range.Start, sent.Start));
            }
        }
    }

    /// <summary>Forgets everything before a position: its segment is gone.</summary>
    public void DropBefore(SpoolPosition position)
    {
        Remove(new SpoolRange(new SpoolPosition(0, 0), position));
    }

    private void AddBacklog(SpoolRange range)
    {
        if (range.End <= range.Start)
        {
            return;
        }

        if (_backlog.Count > 0 && _backlog[^1].End >= range.Start)
        {
            _backlog[^1] = new SpoolRange(_backlog[^1].Start, range.End);
            return;
        }

        _backlog.Add(range);
        if (_backlog.Count > MostStretches)
        {
            _backlog[0] = new SpoolRange(_backlog[0].Start, _backlog[1].End);
            _backlog.RemoveAt(1);
        }
    }
}

/// <summary>A stretch of the spool, from a record to before another.</summary>
internal readonly record struct SpoolRange(SpoolPosition Start, SpoolPosition End);
