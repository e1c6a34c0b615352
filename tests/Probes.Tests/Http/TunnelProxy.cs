using System.Net;
using System.Net.Sockets;
using System.Text;
using NocMonitor.Probes.Tests.Tcp;

namespace NocMonitor.Probes.Tests.Http;

/// <summary>A proxy that answers CONNECT and then carries bytes both ways to a loopback port, whatever name was asked for.</summary>
internal sealed class TunnelProxy : IAsyncDisposable
{
    private readonly ScriptedTcpPeer _peer;

    public TunnelProxy(int port) => _peer = new ScriptedTcpPeer((client, stop) => CarryAsync(client, port, stop));

    public int Port => _peer.Port;

    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    private static async Task CarryAsync(Socket client, int port, CancellationToken stop)
    {
        var head = new byte[4096];
        var length = 0;
        while (!Encoding.ASCII.GetString(head, 0, length).Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            length += await client.ReceiveAsync(head.AsMemory(length), stop);
        }

        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await server.ConnectAsync(IPAddress.Loopback, port, stop);
        await client.SendAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), stop);
        await Task.WhenAll(CopyAsync(client, server, stop), CopyAsync(server, client, stop));
    }

    private static async Task CopyAsync(Socket from, Socket to, CancellationToken stop)
    {
        var buffer = new byte[4096];
        while (await from.ReceiveAsync(buffer, stop) is var read and > 0)
        {
            await to.SendAsync(buffer.AsMemory(0, read), stop);
        }

        to.Shutdown(SocketShutdown.Send);
    }
}
