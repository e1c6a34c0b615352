using System.Collections.Concurrent;
using NocMonitor.LineProtocol;

namespace NocMonitor.Collector.Ingest;

/// <summary>Intakes for reuse, and the bound on how many requests are read at once. Any thread.</summary>
internal sealed class LineIntakePool(IngestOptions options)
{
    /// <summary>Idle intakes beyond these are let go: each holds a buffer.</summary>
    private const int MostIdle = 8;

    private readonly ConcurrentBag<LineIntake> _idle = [];
    private readonly LineLimits _limits = new()
    {
        MaxLineBytes = options.MaxLineBytes,
        MaxTags = options.MaxTags,
        MaxFields = options.MaxFields,
    };

    private int _rented;

    public int Rented => Volatile.Read(ref _rented);

    /// <summary>Null when as many requests as allowed are being read.</summary>
    public LineIntake? TryRent()
    {
        if (Interlocked.Increment(ref _rented) > options.MaxConcurrent)
        {
            Interlocked.Decrement(ref _rented);
            return null;
        }

        return _idle.TryTake(out var intake) ? intake : new LineIntake(options, _limits);
    }

    /// <summary>Lets go of the intakes that no request reads with.</summary>
    public void ReleaseIdle() => _idle.Clear();

    public void Return(LineIntake intake)
    {
        Interlocked.Decrement(ref _rented);
        if (_idle.Count < MostIdle)
        {
            _idle.Add(intake);
        }
    }
}
