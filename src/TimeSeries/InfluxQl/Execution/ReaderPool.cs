using System.Collections.Concurrent;

namespace NocMonitor.TimeSeries.InfluxQl.Execution;

/// <summary>The store's readers that one query uses, kept until it ends. Safe for concurrent use; each reader has one user at a time.</summary>
internal sealed class ReaderPool(TimeSeriesStore store) : IDisposable
{
    private readonly ConcurrentBag<SeriesReader> _idle = [];

    public SeriesReader Rent() => _idle.TryTake(out var reader) ? reader : store.OpenReader();

    public void Return(SeriesReader reader) => _idle.Add(reader);

    public void Dispose()
    {
        while (_idle.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }
}
