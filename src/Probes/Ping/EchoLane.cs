namespace NocMonitor.Probes.Ping;

/// <summary>One address family's socket with the thread that receives on it, or the reason why there is none. The engine makes and disposes it.</summary>
internal sealed class EchoLane : IDisposable
{
    private readonly IIcmpSocket? _socket;
    private readonly Thread? _receiver;

    private EchoLane(IIcmpSocket? socket, string refusal, Action<ReadOnlySpan<EchoAnswer>>? take)
    {
        _socket = socket;
        Refusal = refusal;
        if (socket is not null && take is not null)
        {
            _receiver = new Thread(() => Receive(socket, take)) { IsBackground = true, Name = "ping receiver" };
            _receiver.Start();
        }
    }

    /// <summary>Why nothing can be sent; empty when it can.</summary>
    public string Refusal { get; }

    public bool HasUnread => _socket?.HasUnread ?? false;

    /// <param name="take">Called on the receiving thread with each batch of answers, which it must not keep.</param>
    public static EchoLane Of(IIcmpSocket socket, Action<ReadOnlySpan<EchoAnswer>> take) => new(socket, "", take);

    public static EchoLane Refused(string reason) => new(null, reason, null);

    public int Send(EchoRequest request) =>
        _socket!.Send(request.Address, (ushort)request.Slot, request.Slot, request.Nonce, request.Size);

    public void Dispose()
    {
        _socket?.Stop();
        _receiver?.Join();
        _socket?.Dispose();
    }

    private static void Receive(IIcmpSocket socket, Action<ReadOnlySpan<EchoAnswer>> take)
    {
        var answers = new EchoAnswer[2 * IcmpSocket.BatchSize];
        while (socket.Receive(answers) is var count and >= 0)
        {
            take(answers.AsSpan(0, count));
        }
    }
}
