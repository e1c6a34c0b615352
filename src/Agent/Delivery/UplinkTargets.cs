using Microsoft.Extensions.Logging;
using NocMonitor.Agent.Settings;

namespace NocMonitor.Agent.Delivery;

/// <summary>Where the uplink sends to, built whole from one configuration before it is handed over.</summary>
internal sealed class UplinkTargets : IDisposable
{
    private UplinkTargets(AgentOptions options, IReadOnlyList<CollectorEndpoint> collectors)
    {
        Collectors = collectors;
        FlushInterval = options.FlushInterval;
        DeadLetterBytes = options.Spool.DeadLetterBytes;
        TlsVerificationOff = options.Collectors.Any(collector => collector.InsecureSkipVerify);
    }

    public IReadOnlyList<CollectorEndpoint> Collectors { get; }

    public TimeSpan FlushInterval { get; }

    public long DeadLetterBytes { get; }

    public bool TlsVerificationOff { get; }

    /// <summary>Throws when a certificate file cannot be used.</summary>
    public static UplinkTargets Create(AgentOptions options, TimeProvider time, ClockOffset clock, AgentCounters counters, ILogger log)
    {
        var collectors = new List<CollectorEndpoint>();
        foreach (var collector in options.Collectors)
        {
            Warn(collector, log);
            var client = new CollectorClient(collector, CollectorHandler.Create(collector), time, clock);
            collectors.Add(new CollectorEndpoint(client, time, counters, log));
        }

        return new UplinkTargets(options, collectors);
    }

    /// <summary>True when two configurations send to the same collectors in the same way, so that connections and their history can stay.</summary>
    public static bool AreSame(AgentOptions one, AgentOptions other) =>
        one.FlushInterval == other.FlushInterval && one.Spool.DeadLetterBytes == other.Spool.DeadLetterBytes
        && one.Collectors.Select(collector => (collector.Url, collector.Signature))
            .SequenceEqual(other.Collectors.Select(collector => (collector.Url, collector.Signature)));

    public void Dispose()
    {
        foreach (var collector in Collectors)
        {
            collector.Dispose();
        }
    }

    private static void Warn(CollectorOptions collector, ILogger log)
    {
        if (collector.InsecureSkipVerify)
        {
            DeliveryLog.NotVerified(log, collector.Url.Authority);
        }

        if (collector.Token is not null && collector.Url.Scheme == Uri.UriSchemeHttp && !collector.Url.IsLoopback)
        {
            DeliveryLog.TokenInClear(log, collector.Url.Authority);
        }
    }
}
