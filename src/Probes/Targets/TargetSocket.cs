using System.Net;
using System.Net.Sockets;

namespace NocMonitor.Probes.Targets;

/// <summary>Opens a connection to the first of a name's addresses that accepts.</summary>
internal static class TargetSocket
{
    /// <summary>
    /// Tries the addresses in their order; the error is that of the last one. Each but the last may take its share of the attempt's time only, so that an
    /// address which swallows packets does not hide the next.
    /// </summary>
    public static async ValueTask<Socket> ConnectAsync(
        IReadOnlyList<IPAddress> addresses, int port, TimeSpan timeout, TimeProvider time, CancellationToken token)
    {
        for (var i = 0; i + 1 < addresses.Count; i++)
        {
            using var share = new CancellationTokenSource(timeout / addresses.Count, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(share.Token, token);
            if (await TryConnectAsync(addresses[i], port, both.Token, token) is { } socket)
            {
                return socket;
            }
        }

        return await ConnectAsync(addresses[^1], port, token);
    }

    /// <summary>Null when this address does not accept within its share; the next has its own chance.</summary>
    private static async ValueTask<Socket?> TryConnectAsync(IPAddress address, int port, CancellationToken share, CancellationToken attempt)
    {
        try
        {
            return await ConnectAsync(address, port, share);
        }
        catch (SocketException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!attempt.IsCancellationRequested)
        {
            return null;
        }
    }

    private static async ValueTask<Socket> ConnectAsync(IPAddress address, int port, CancellationToken token)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(address, port), token);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
