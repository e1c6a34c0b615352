using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace NocMonitor.TimeSeries.Compaction;

/// <summary>Series whose heads have grown enough for a chunk. The log's thread adds, the compaction takes. Safe for concurrent use.</summary>
internal sealed class FlushQueue
{
    private const int FewestRows = 96;
    private const int Spread = 64;

    private readonly ConcurrentQueue<Series> _full = new();

    public int Count => _full.Count;

    /// <summary>
    /// Series that started together must not fill up together, so the limit varies by a hash. Neighbours of 16 share it: their chunks lie on the
    /// same pages, which are then written once.
    /// </summary>
    public static int RowsWanted(int seriesId) => FewestRows + (int)((uint)(seriesId >> 4) * 2654435769u >> 26) % Spread;

    public void Offer(Series series, int rows)
    {
        if (rows >= FewestRows && !series.AwaitsFlush && rows >= RowsWanted(series.Id))
        {
            series.AwaitsFlush = true;
            _full.Enqueue(series);
        }
    }

    public bool TryTake([NotNullWhen(true)] out Series? series)
    {
        var some = _full.TryDequeue(out series);
        if (some)
        {
            series!.AwaitsFlush = false;
        }

        return some;
    }
}
