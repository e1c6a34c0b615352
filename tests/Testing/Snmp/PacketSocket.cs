using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using NocMonitor.Probes.Sockets;
using static NocMonitor.Probes.Sockets.LinuxSocketCalls;

namespace NocMonitor.Testing.Snmp;

/// <summary>
/// One UDP socket that is asked at every address of 127.0.0.0/8 and answers from the one that was asked, which .NET's own calls cannot. One thread receives;
/// any thread sends. For Linux, as the tests' other peers are.
/// </summary>
internal sealed unsafe partial class PacketSocket : IDisposable
{
    private const int BatchSize = 64;
    private const int LargestRequest = 8192;
    private const int PacketInfo = 8;
    private const int BufferSize = 4 << 20;

    private readonly Socket _socket;
    private readonly ReceiveBatch _batch = new(BatchSize, LargestRequest);
    private volatile bool _stopped;

    public PacketSocket(AddressFamily family)
    {
        _socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = BufferSize, SendBufferSize = BufferSize };
        if (family == AddressFamily.InterNetwork)
        {
            _socket.SetRawSocketOption(IPv4Level, PacketInfo, BitConverter.GetBytes(1));
        }

        _socket.Bind(new IPEndPoint(family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Loopback, 0));
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>Waits for requests.</summary>
    /// <returns>How many came; less than 0 once it is stopped.</returns>
    public int Receive()
    {
        while (!_stopped)
        {
            var count = _batch.Receive(_socket.SafeHandle, WaitForOne);
            if (count > 0 && !_stopped)
            {
                return count;
            }
        }

        return -1;
    }

    public ReadOnlySpan<byte> Request(int index) => _batch.Message(index);

    public ReadOnlySpan<byte> Sender(int index) => _batch.Name(index);

    /// <summary>The IPv4 address that was asked, as the wire has it; 0 for IPv6.</summary>
    public uint Asked(int index) => _batch.Control(index, IPv4Level, PacketInfo) is { Length: >= 12 } info ? MemoryMarshal.Read<uint>(info[8..]) : 0;

    /// <param name="from">The IPv4 address to answer from; 0 for the system's choice.</param>
    public void Send(ReadOnlySpan<byte> datagram, ReadOnlySpan<byte> to, uint from)
    {
        var control = stackalloc byte[32];
        new Span<byte>(control, 32).Clear();
        *(ulong*)control = 28;
        *(int*)(control + 8) = IPv4Level;
        *(int*)(control + 12) = PacketInfo;
        *(uint*)(control + 20) = from;
        fixed (byte* data = datagram)
        fixed (byte* name = to)
        {
            var vector = new IoVector { Start = data, Length = (nuint)datagram.Length };
            var header = new MessageHeader { Name = name, NameLength = (uint)to.Length, Vectors = &vector, VectorCount = 1 };
            if (from != 0)
            {
                header.Control = control;
                header.ControlLength = 32;
            }

            // An answer that cannot be sent is an answer lost, which a device's manager must bear anyway.
            _ = SendMessage(_socket.SafeHandle, &header, 0);
        }
    }

    public void Stop()
    {
        _stopped = true;
        _ = Shutdown(_socket.SafeHandle, how: 2);
    }

    public void Dispose() => _socket.Dispose();

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    private static partial nint SendMessage(SafeHandle socket, MessageHeader* message, int flags);
}
