using NocMonitor.Probes.Ping;

namespace NocMonitor.Probes.Tests.Discovery;

/// <summary>Answers every ping at once but those to one address.</summary>
/// <param name="silent">The last byte of the address that is silent.</param>
internal sealed class SilentEngine(byte silent) : IEchoEngine
{
    public List<string> Asked { get; } = [];

    public List<long> Due { get; } = [];

    public void Submit(EchoRequest request)
    {
        Asked.Add(request.Address.ToString());
        Due.Add(request.DueAt);
        if (request.Address.GetAddressBytes()[^1] == silent)
        {
            request.Finish(EchoOutcome.Lost, "");
        }
        else
        {
            request.Answered(1, 64);
        }
    }
}
