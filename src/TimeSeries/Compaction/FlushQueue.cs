using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace NocMonitor.TimeSeries.Compaction;

/// <summary>
/// Series whose heads have grown enough for a chunk, and about how much those heads hold. The log's thread adds; the compaction takes, and says when it has flushed. Safe for concurrent use.
/// </summary>
internal sealed class FlushQueue
{
    private const int FewestRows = 96;
    private const int Spread = 64;

    /// <summary>Heads that wait with so many bytes are worth a round of their own: at full speed the next one would find a hundred MiB.</summary>
    internal const long PressingBytes = 8L << 20;

    private readonly ConcurrentQueue<Series> _full = new();
    private long _bytes;

    /// <summary>So much waits that the compaction should not rest.</summary>
    public bool IsPressing => Interlocked.Read(ref _bytes) >= PressingBytes;

    /// <summary>
    /// Series that started together must not fill up together, so the limit varies by a hash. Neighbours of 16 share it: their chunks lie on the
    /// same pages, which are then written once.
    /// </summary>
    public static int RowsWanted(int seriesId) => FewestRows + (int)((uint)(seriesId >> 4) * 2654435769u >> 26) % Spread;

    /// <param name="rows">Rows the head holds.</param>
    /// <param name="bytes">Bytes it holds.</param>
    /// <param name="grown">Bytes it has grown by since it was offered before.</param>
    public void Offer(Series series, int rows, long bytes, long grown)
    {
        if (series.AwaitsFlush)
        {
            Interlocked.Add(ref _bytes, grown);
        }
        else if (rows >= FewestRows && rows >= RowsWanted(series.Id))
        {
            series.AwaitsFlush = true;
            _full.Enqueue(series);
            Interlocked.Add(ref _bytes, bytes);
        }
    }

    /// <summary>What waits now is about to be taken; what comes from now on counts anew.</summary>
    public void BeginTaking() => Interlocked.Exchange(ref _bytes, 0);

    /// <summary>The next series. It is not offered again before <see cref="Done"/>: rows that come while it is written are few, and would make a part of their own.</summary>
    public bool TryTake([NotNullWhen(true)] out Series? series) => _full.TryDequeue(out series);

    /// <summary>The series was flushed, or will not be for now.</summary>
    public static void Done(Series series) => series.AwaitsFlush = false;
}
