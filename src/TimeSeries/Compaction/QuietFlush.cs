using NocMonitor.TimeSeries.Sqlite;

namespace NocMonitor.TimeSeries.Compaction;

/// <summary>
/// Heads of few rows cost more memory for themselves than for their samples: 100,000 series of one point are as many small arrays until the sweep has come by, a quarter of an hour. When it is quiet
/// they go to the files at once. A part for each row is dear on disk, so it is done at most once a sweep: a fleet that sends at a stroke every few minutes writes at most twice as many parts.
/// Any thread; the compactor has the lock.
/// </summary>
internal sealed class QuietFlush(Compactor compactor, TimeSpan sweep, TimeProvider time)
{
    /// <summary>More rows than this are worth an array, and are read from it faster than from a file.</summary>
    internal const int MostRows = 8;

    /// <summary>Less is left where it is.</summary>
    internal const long LeastBytes = 1L << 20;

    private readonly Lock _lock = new();
    private long? _last;

    /// <summary>Flushes heads of few rows when they are worth it; when the disk does not let it, housekeeping will tell.</summary>
    public void Run()
    {
        lock (_lock)
        {
            if (_last is { } last && time.GetElapsedTime(last) < sweep)
            {
                return;
            }

            try
            {
                _last = compactor.FlushThin(MostRows, LeastBytes) ? time.GetTimestamp() : _last;
            }
            catch (DatabaseException)
            {
                // Nothing is lost: the heads have kept their rows. Not tried again in the next second, as the disk may be full.
                _last = time.GetTimestamp();
            }
        }
    }
}
