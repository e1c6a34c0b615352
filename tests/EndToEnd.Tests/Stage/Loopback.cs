using System.Net;
using System.Net.Sockets;

namespace NocMonitor.EndToEnd.Tests.Stage;

internal static class Loopback
{
    /// <summary>A port that nobody listens on now. Another process may take it before its user does; a story then fails at its start and says so.</summary>
    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
