using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Ingest;

/// <summary>
/// Where every point goes, from the network and from the collector itself: into the store's log, and once it is durable there, to the rules.
/// Safe for concurrent use.
/// </summary>
internal sealed class PointSink(TimeSeriesStore store, Action<SampleBatch> evaluate)
{
    /// <param name="origin">Who sends: the token's name, or the agent's where there is none.</param>
    public SampleBatch Rent(string origin) => store.RentBatch(origin);

    /// <summary>
    /// Returns once the batch is durable and evaluated; the caller still owns it. Not to be cancelled: a batch that is durable and was not
    /// evaluated would page nobody, and its sender being gone changes nothing about that.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Nothing was stored; trying again later may succeed.</exception>
    public async ValueTask CommitAsync(SampleBatch batch)
    {
        if (batch.Rows.Length > 0)
        {
            await store.CommitAsync(batch, CancellationToken.None);
            evaluate(batch);
        }
    }
}
