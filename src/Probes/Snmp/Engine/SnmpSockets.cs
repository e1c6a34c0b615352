using System.Net;
using System.Net.Sockets;

namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>Opens the socket that all devices of a family are asked over.</summary>
internal static class SnmpSockets
{
    private const int BufferSize = 4 << 20;

    public static ISnmpSocket Open(AddressFamily family) => Open(Bind(family));

    /// <summary>Receives and sends over a socket that is bound; it is disposed with what is returned.</summary>
    public static ISnmpSocket Open(Socket bound) =>
        OperatingSystem.IsLinux() && Environment.Is64BitProcess ? new LinuxSnmpSocket(bound) : new PortableSnmpSocket(bound);

    public static Socket Bind(AddressFamily family)
    {
        var socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = BufferSize, SendBufferSize = BufferSize };
        socket.Bind(new IPEndPoint(family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0));
        return socket;
    }

    /// <summary>Where a datagram to oneself goes.</summary>
    public static byte[] OwnAddress(Socket socket)
    {
        var own = (IPEndPoint)socket.LocalEndPoint!;
        var address = own.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : own.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : own.Address;
        return PeerKey.Serialize(new IPEndPoint(address, own.Port));
    }
}
