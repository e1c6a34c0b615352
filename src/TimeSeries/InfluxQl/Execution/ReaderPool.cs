using System.Collections.Concurrent;

namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>
/// The store's readers that one query uses, kept until it ends. Their views of the disk stay open from series to series until <see cref="Rest"/>. Safe for concurrent use; each
/// reader has one user at a time.
/// </summary>
internal sealed class ReaderPool(TimeSeriesStore store) : IDisposable
{
    private readonly ConcurrentBag<SeriesReader> _idle = [];

    public SeriesReader Rent()
    {
        if (_idle.TryTake(out var idle))
        {
            return idle;
        }

        var reader = store.OpenReader();
        reader.KeepsView = true;
        return reader;
    }

    public void Return(SeriesReader reader) => _idle.Add(reader);

    /// <summary>Ends the views; to be called before the query waits for anybody.</summary>
    public void Rest()
    {
        foreach (var reader in _idle)
        {
            reader.Rest();
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }
}
