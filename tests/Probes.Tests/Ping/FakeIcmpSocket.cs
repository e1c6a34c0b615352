using System.Collections.Concurrent;
using System.Net;
using NocMonitor.Probes.Ping;

namespace NocMonitor.Probes.Tests.Ping;

/// <summary>A network in the test's hands: keeps what was sent, delivers the answers that the test makes.</summary>
internal sealed class FakeIcmpSocket : IIcmpSocket
{
    private readonly BlockingCollection<EchoAnswer> _answers = [];
    private Action<ReadOnlySpan<EchoAnswer>>? _take;

    public List<Packet> Sent { get; } = [];

    public Queue<int> SendErrors { get; } = new();

    public bool HasUnread { get; set; }

    /// <summary>Answers each packet before the call that sends it returns, when set.</summary>
    public bool Echoes { get; set; }

    internal sealed record Packet(IPAddress To, ushort Sequence, int Index, ulong Nonce, int Size)
    {
        public EchoAnswer Reply => new() { Sequence = Sequence, Index = Index, Nonce = Nonce, Ttl = 64 };
    }

    public int Send(IPAddress to, ushort sequence, int index, ulong nonce, int size)
    {
        if (SendErrors.TryDequeue(out var error) && error != 0)
        {
            return error;
        }

        var packet = new Packet(to, sequence, index, nonce, size);
        Sent.Add(packet);
        if (Echoes)
        {
            DeliverNow(packet.Reply);
        }

        return 0;
    }

    /// <summary>An engine on this network, driven by the test's clock.</summary>
    public EchoEngine Engine(TimeProvider time) => new(time, pump => Timer(time, pump), (_, take) => EchoLane.Of(this, _take = take));

    public static ITimer Timer(TimeProvider time, Action callback) =>
        time.CreateTimer(_ => callback(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Delivers through the receiving thread.</summary>
    public void Deliver(EchoAnswer answer) => _answers.Add(answer);

    /// <summary>Delivers on the test's own thread, so that it is done when the call returns.</summary>
    public void DeliverNow(EchoAnswer answer) => _take!([answer]);

    public int Receive(Span<EchoAnswer> answers)
    {
        if (!_answers.TryTake(out var answer, Timeout.Infinite))
        {
            return -1;
        }

        answers[0] = answer;
        return 1;
    }

    public void Stop() => _answers.CompleteAdding();

    public void Dispose() => _answers.Dispose();
}
