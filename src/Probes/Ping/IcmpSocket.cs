using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using NocMonitor.Probes.Sockets;
using static NocMonitor.Probes.Sockets.LinuxSocketCalls;

namespace NocMonitor.Probes.Ping;

/// <summary>
/// A Linux ICMP socket: a datagram one, for which the kernel picks the identifier and hands over only its own answers, or a raw one with a filter.
/// One thread may send while another receives; each side has its own buffers.
/// </summary>
internal sealed partial class IcmpSocket : IIcmpSocket
{
    private const int ReceiveBuffer = 4 << 20;
    private const int LargestAddress = 28;

    private readonly Socket _socket;
    private readonly bool _v6;
    private readonly bool _raw;
    private readonly ushort? _identifier;
    private readonly TimeProvider _time;

    // The sender's.
    private readonly byte[] _message = new byte[EchoMessage.HeaderLength + PingOptions.LargestSize];

    private volatile bool _stopped;

    private IcmpSocket(Socket socket, bool raw, TimeProvider time)
    {
        _socket = socket;
        _raw = raw;
        _v6 = socket.AddressFamily == AddressFamily.InterNetworkV6;
        _identifier = raw ? (ushort)Random.Shared.Next(1, 1 << 16) : null;
        _time = time;
        _batch = new ReceiveBatch(BatchSize, MessageSize);
        _errors = new ReceiveBatch(1, MessageSize);
    }

    public string Kind => _raw ? "raw" : "datagram";

    /// <summary>Opens a datagram socket where net.ipv4.ping_group_range admits the agent's group, else a raw one; throws when neither is permitted.</summary>
    public static IcmpSocket Open(AddressFamily family, TimeProvider time)
    {
        var protocol = family == AddressFamily.InterNetworkV6 ? ProtocolType.IcmpV6 : ProtocolType.Icmp;
        try
        {
            return Prepare(new Socket(family, SocketType.Dgram, protocol), raw: false, time);
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AccessDenied or SocketError.ProtocolNotSupported)
        {
            return Prepare(new Socket(family, SocketType.Raw, protocol), raw: true, time);
        }
    }

    public unsafe bool HasUnread
    {
        get
        {
            var entry = new PollEntry { Socket = (int)_socket.Handle, Events = PollIn };
            return Poll(&entry, 1, 0) > 0 && (entry.Returned & PollIn) != 0;
        }
    }

    public unsafe int Send(IPAddress to, ushort sequence, int index, ulong nonce, int size)
    {
        var message = _message.AsSpan(0, EchoMessage.HeaderLength + size);
        EchoMessage.WriteRequest(message, _v6, _identifier ?? 0, sequence, index, nonce);
        Span<byte> address = stackalloc byte[LargestAddress];
        var addressLength = WriteAddress(address, to);
        fixed (byte* messageStart = message)
        fixed (byte* addressStart = address)
        {
            // A socket reports the error of an earlier packet at the next call, whichever that is; what fails twice is about this packet.
            for (var last = false; ; last = true)
            {
                var sent = SendTo(_socket.SafeHandle, messageStart, (nuint)message.Length, DoNotWait, addressStart, (uint)addressLength);
                var error = sent >= 0 ? 0 : Marshal.GetLastPInvokeError();
                if (error is 0 or EAgain or ENoBufs || last)
                {
                    return error;
                }
            }
        }
    }

    // Shutting an unconnected socket down is an error to the caller and still wakes whoever polls it.
    public void Stop()
    {
        _stopped = true;
        _ = Shutdown(_socket.SafeHandle, how: 2);
    }

    public void Dispose() => _socket.Dispose();

    private static IcmpSocket Prepare(Socket socket, bool raw, TimeProvider time)
    {
        var v6 = socket.AddressFamily == AddressFamily.InterNetworkV6;
        socket.ReceiveBufferSize = ReceiveBuffer;
        Switch(socket, SocketLevel, TimestampNs);
        Switch(socket, v6 ? IPv6Level : IPv4Level, v6 ? IPv6ReceiveHopLimit : IPv4ReceiveTtl);
        if (!raw)
        {
            Switch(socket, v6 ? IPv6Level : IPv4Level, v6 ? IPv6ReceiveError : IPv4ReceiveError);
        }
        else if (v6)
        {
            socket.SetRawSocketOption(IcmpV6Level, IcmpV6Filter, AllBut(256, [1, 2, 3, 4, 129]));
        }
        else
        {
            socket.SetRawSocketOption(RawLevel, IcmpFilter, AllBut(32, [0, 3, 11, 12]));
        }

        return new IcmpSocket(socket, raw, time);
    }

    private static void Switch(Socket socket, int level, int option) => socket.SetRawSocketOption(level, option, BitConverter.GetBytes(1));

    /// <summary>A filter's bit mask: a set bit keeps a type of message away from the socket.</summary>
    private static byte[] AllBut(int types, ReadOnlySpan<byte> wanted)
    {
        var words = new uint[types / 32];
        Array.Fill(words, uint.MaxValue);
        foreach (var type in wanted)
        {
            words[type / 32] &= ~(1u << (type % 32));
        }

        return MemoryMarshal.AsBytes<uint>(words).ToArray();
    }

    /// <summary>Writes a <c>sockaddr_in</c> or <c>sockaddr_in6</c>.</summary>
    private static int WriteAddress(Span<byte> output, IPAddress address)
    {
        output.Clear();
        MemoryMarshal.Write(output, (ushort)(address.AddressFamily == AddressFamily.InterNetworkV6 ? 10 : 2));
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            address.TryWriteBytes(output[4..], out _);
            return 16;
        }

        address.TryWriteBytes(output[8..], out _);
        MemoryMarshal.Write(output[24..], (uint)address.ScopeId);
        return LargestAddress;
    }
}
