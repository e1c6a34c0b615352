using System.Net;
using System.Net.Sockets;

namespace NocMonitor.Probes.Discovery;

/// <summary>Finds which TCP ports of a device accept a connection; nothing is sent over it. Safe for concurrent use.</summary>
internal sealed class PortCheck(DiscoveryOptions options, Pace pace, TimeProvider time)
{
    /// <summary>At one device at once, so that none takes it for an attack of its own.</summary>
    private const int AtOnce = 4;

    /// <summary>The open ports in ascending order.</summary>
    public async Task<IReadOnlyList<int>> FindAsync(IPAddress address, CancellationToken token)
    {
        var open = new List<int>();
        foreach (var ports in options.Ports.Distinct().Chunk(AtOnce))
        {
            var answers = await Task.WhenAll(ports.Select(port => IsOpenAsync(address, port, token)));
            open.AddRange(ports.Where((_, i) => answers[i]));
        }

        open.Sort();
        return open;
    }

    private async Task<bool> IsOpenAsync(IPAddress address, int port, CancellationToken token)
    {
        await pace.WaitAsync(token);
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, token);
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);

        // Reset at the end instead of a minute in TIME_WAIT for each of thousands.
        socket.LingerState = new LingerOption(true, 0);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(address, port), both.Token);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return false;
        }
    }
}
