using Microsoft.Extensions.Logging;
using NocMonitor.Agent.Settings;
using NocMonitor.LineProtocol;

namespace NocMonitor.Agent.Delivery;

/// <summary>
/// Points that are not delivered yet, in append-only files on disk, bounded by bytes and age. Any thread appends; one uplink takes batches and
/// acknowledges them. Everything is guarded by one lock, held for reads and writes of the page cache only; syncing happens outside it. A record
/// that was appended survives the end of the process, and from the next <see cref="Sync"/> on a loss of power. When the disk refuses a write the record
/// stays in memory, bounded too, until the disk takes it or it is delivered. What bounds or damage cost is counted, never silent.
/// </summary>
internal sealed partial class Spool : IDisposable
{
    /// <summary>A delivered segment that is longer than this is not appended to any more, so that its file can go.</summary>
    private const long RetireLength = 256 << 10;

    private readonly Lock _lock = new();
    private readonly string _folder;
    private readonly TornFiles _torn;
    private readonly TimeProvider _time;
    private readonly AgentCounters _counters;
    private readonly ILogger _log;
    private readonly List<SpoolSegment> _segments = [];
    private MemoryTail _memory;
    private UnsentRanges _unsent;
    private SpoolOptions _options;
    private byte[] _record = new byte[16 << 10];
    private bool _diskRefuses;
    private bool _cursorRefused;

    private Spool(string folder, SpoolOptions options, TimeProvider time, AgentCounters counters, ILogger log)
    {
        _folder = folder;
        _options = options;
        _time = time;
        _counters = counters;
        _log = log;
        _torn = new TornFiles(Path.Combine(folder, "torn"));
        _memory = new MemoryTail(options.MemoryBytes);
        _unsent = new UnsentRanges(new SpoolPosition(0, 0));
    }

    /// <summary>Opens the folder, making it when it is not there. Throws when it cannot be read or written at all.</summary>
    public static Spool Open(string folder, SpoolOptions options, TimeProvider time, AgentCounters counters, ILogger log)
    {
        Directory.CreateDirectory(folder);
        var spool = new Spool(folder, options, time, counters, log);
        spool.Load();
        return spool;
    }

    private long SegmentLength => Math.Max(_options.MaxBytes / 64, 64 << 10);

    private string CursorPath => Path.Combine(_folder, "cursor");

    /// <summary>Appends whole lines. Never throws for a full or broken disk.</summary>
    public void Append(ReadOnlySpan<byte> lines, int count)
    {
        lock (_lock)
        {
            var now = UnixNanoseconds.From(_time.GetUtcNow());
            _counters.Collected(count);
            DrainMemory();
            if (!_memory.IsEmpty || !TryWrite(now, count, lines))
            {
                _counters.Dropped(_memory.Add(now, count, lines));
            }
        }
    }

    /// <summary>
    /// Fills a batch with what goes next: the newest points first, the backlog after them. An empty batch when all is delivered.
    /// </summary>
    public void Take(SpoolBatch batch, int maxBytes)
    {
        lock (_lock)
        {
            batch.Clear();
            DropOverAge();
            DrainMemory();
            if (!_memory.IsEmpty)
            {
                TakeMemory(batch, maxBytes);
                return;
            }

            _unsent.TrimLive(start => BytesFrom(start) <= maxBytes);
            TakeRange(batch, new SpoolRange(_unsent.LiveStart, End), maxBytes);
            while (batch.IsEmpty && _unsent.Backlog.Count > 0)
            {
                // A stretch without records is left over from damage; it counts as done.
                TakeRange(batch, _unsent.Backlog[0], maxBytes);
                if (batch.IsEmpty)
                {
                    _unsent.Remove(_unsent.Backlog[0]);
                    DeleteDelivered();
                }
            }
        }
    }

    /// <summary>A collector has the batch: it leaves the spool.</summary>
    public void Acknowledge(SpoolBatch batch)
    {
        lock (_lock)
        {
            if (batch.Range is { } range)
            {
                _unsent.Remove(range);
                DeleteDelivered();
                WriteCursor();
            }
            else
            {
                _memory.RemoveThrough(batch.LastMemoryRecord);
            }
        }
    }

    /// <summary>The batch could not be delivered and stays. What is appended from now on is newer and goes first once a batch no longer holds it all.</summary>
    public void Retain(SpoolBatch batch)
    {
        lock (_lock)
        {
            if (batch.Range is not null)
            {
                _unsent.MarkFailure(End);
            }
        }
    }

    /// <summary>Makes what was appended survive a loss of power.</summary>
    public void Sync()
    {
        SpoolSegment? current;
        lock (_lock)
        {
            current = _segments.Count > 0 ? _segments[^1] : null;
        }

        try
        {
            current?.Sync();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // A segment that was delivered and deleted meanwhile needs no sync; a real failure shows at the next write.
            _counters.SpoolFailed();
        }
    }

    /// <summary>Takes new bounds after a reload.</summary>
    public void Use(SpoolOptions options)
    {
        lock (_lock)
        {
            if (options.MemoryBytes != _options.MemoryBytes)
            {
                var memory = new MemoryTail(options.MemoryBytes);
                foreach (var record in _memory.Records)
                {
                    _counters.Dropped(memory.Add(record.TimeNs, record.Lines, record.Payload));
                }

                _memory = memory;
            }

            _options = options;
            DropOverSize(0);
        }
    }

    public SpoolStatus Status()
    {
        lock (_lock)
        {
            var age = OldestUnsentNs() is { } oldest ? UnixNanoseconds.From(_time.GetUtcNow()) - oldest : 0;
            return new SpoolStatus(_segments.Sum(segment => segment.Length), _memory.Bytes, Math.Max(age, 0), _diskRefuses);
        }
    }

    public void Dispose()
    {
        Sync();
        lock (_lock)
        {
            foreach (var segment in _segments)
            {
                segment.Dispose();
            }

            _segments.Clear();
        }
    }

    private SpoolPosition End => _segments.Count > 0 ? _segments[^1].End : _unsent.LiveStart;
}

/// <param name="DiskBytes">Bytes of the segment files.</param>
/// <param name="MemoryBytes">Bytes that wait in memory because the disk refuses them.</param>
/// <param name="OldestAgeNs">Age of the oldest undelivered record; 0 when all is delivered.</param>
/// <param name="DiskRefuses">The last write failed.</param>
internal readonly record struct SpoolStatus(long DiskBytes, long MemoryBytes, long OldestAgeNs, bool DiskRefuses);
