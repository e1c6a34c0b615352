namespace NocMonitor.Probes.Ping;

/// <summary>Sends echo requests for all ping probes of an agent and says how each ended.</summary>
internal interface IEchoEngine
{
    /// <summary>Takes a request over; never blocks. Each request is written to its channel exactly once, unless its token is cancelled before it was sent.</summary>
    void Submit(EchoRequest request);
}
