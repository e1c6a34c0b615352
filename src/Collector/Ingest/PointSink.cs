using NocMonitor.Collector.Derivation;
using NocMonitor.Collector.Hosts;
using NocMonitor.Collector.Rules.Evaluation;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Ingest;

/// <summary>
/// Where every point goes, from the network and from the collector itself: rates are added to its counters, then into the store's log, and once it is durable
/// there, to the rules. Safe for concurrent use.
/// </summary>
internal sealed class PointSink(TimeSeriesStore store, PointDerivation rates, HostBoard hosts, PointFeed feed, RuleEngine rules)
{
    /// <param name="origin">Who sends: the token's name, or the address where there is none.</param>
    public SampleBatch Rent(string origin) => store.RentBatch(origin);

    /// <summary>
    /// Takes the batch over. Returns once it is durable and handed to the rules. Not to be cancelled: a batch that is durable and was not evaluated would
    /// page nobody, and its sender being gone changes nothing about that.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Nothing was stored; trying again later may succeed.</exception>
    public async ValueTask CommitAsync(SampleBatch batch)
    {
        try
        {
            await StoreAsync(batch);
            hosts.Note(batch);
            feed.Show(batch);
        }
        catch
        {
            batch.Dispose();
            throw;
        }

        await rules.EvaluateAsync(batch);
    }

    private async ValueTask StoreAsync(SampleBatch batch)
    {
        try
        {
            rates.Derive(batch);
            await store.CommitAsync(batch, CancellationToken.None);
        }
        catch
        {
            rates.Forget(batch);
            throw;
        }
    }
}
