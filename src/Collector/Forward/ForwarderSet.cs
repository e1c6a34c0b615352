using NocMonitor.Collector.Hosting;
using NocMonitor.TimeSeries;

namespace NocMonitor.Collector.Forward;

/// <summary>
/// All forwarders of the configuration in force. Start, reload and stop come one after the other from the host; the list is replaced as a whole and read by
/// any thread.
/// </summary>
internal sealed partial class ForwarderSet(
    IReadOnlyDictionary<string, ForwarderOptions> first, TimeSeriesStore store, DataFolder data, ForwardMetrics metrics, TimeProvider time, ILogger<ForwarderSet> log)
    : IHostedService
{
    private volatile IReadOnlyList<Forwarder> _forwarders = [];

    /// <summary>How each stands, by name.</summary>
    public IReadOnlyList<ForwardStanding> Standings() => [.. _forwarders.Select(forwarder => forwarder.Stand())];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        metrics.Show(Standings);
        return ReplaceAsync(first);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var stopped = _forwarders;
        _forwarders = [];
        await Task.WhenAll(stopped.Select(forwarder => forwarder.DisposeAsync().AsTask()));
    }

    /// <summary>Ends what is gone or changed, starts what is new or changed, and lets the others go on. One that is gone from the configuration loses its place in the log.</summary>
    public async Task ReplaceAsync(IReadOnlyDictionary<string, ForwarderOptions> options)
    {
        var kept = _forwarders.Where(forwarder => options.TryGetValue(forwarder.Options.Name, out var wanted) && wanted.Fingerprint == forwarder.Options.Fingerprint).ToList();
        await Task.WhenAll(_forwarders.Except(kept).Select(forwarder => forwarder.DisposeAsync().AsTask()));
        Forget(options);
        var folder = Path.Combine(data.Path, "forward");
        var started = options.Values.Where(wanted => kept.TrueForAll(forwarder => forwarder.Options.Name != wanted.Name))
            .Select(wanted => new Forwarder(wanted, store, folder, time, log));
        _forwarders = [.. kept.Concat(started).OrderBy(forwarder => forwarder.Options.Name, StringComparer.Ordinal)];
    }

    private void Forget(IReadOnlyDictionary<string, ForwarderOptions> options)
    {
        foreach (var consumer in store.Consumers.Where(name => name.StartsWith(Forwarder.ConsumerPrefix, StringComparison.Ordinal)))
        {
            if (!options.ContainsKey(consumer[Forwarder.ConsumerPrefix.Length..]))
            {
                store.Unregister(consumer);
                LogForgotten(consumer[Forwarder.ConsumerPrefix.Length..]);
            }
        }
    }

    [LoggerMessage(6201, LogLevel.Warning, "Forwarder {Name} is gone from the configuration: what it had not sent is not kept for it any more")]
    private partial void LogForgotten(string name);
}
