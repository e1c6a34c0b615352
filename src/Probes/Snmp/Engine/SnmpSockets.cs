using System.Net;
using System.Net.Sockets;

namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>Opens the socket that all devices of a family are asked over.</summary>
internal static class SnmpSockets
{
    private const int BufferSize = 4 << 20;

    public static ISnmpSocket Open(AddressFamily family) =>
        OperatingSystem.IsLinux() && Environment.Is64BitProcess ? new LinuxSnmpSocket(family) : new PortableSnmpSocket(family);

    public static Socket Bind(AddressFamily family)
    {
        var socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = BufferSize, SendBufferSize = BufferSize };
        socket.Bind(new IPEndPoint(family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0));
        return socket;
    }

    /// <summary>Where a datagram to oneself goes.</summary>
    public static byte[] OwnAddress(Socket socket) => PeerKey.Serialize(new IPEndPoint(
        socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Loopback : IPAddress.Loopback,
        ((IPEndPoint)socket.LocalEndPoint!).Port));
}
