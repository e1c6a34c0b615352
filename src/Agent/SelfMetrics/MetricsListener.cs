using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NocMonitor.Agent.SelfMetrics;

/// <summary>
/// Answers <c>GET /metrics</c> on the loopback address: one connection after the other, one request each, the head bounded in bytes and time. Enough
/// for a scraper, and no web server in the agent's memory. One loop owns everything.
/// </summary>
internal sealed class MetricsListener : IDisposable
{
    private const int LongestHead = 8 << 10;
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(2);

    private readonly TcpListener _listener;
    private readonly AgentReadings _readings;
    private readonly TimeProvider _time;

    /// <summary>Binds at once; throws <see cref="SocketException"/> when the port is taken.</summary>
    public MetricsListener(int port, AgentReadings readings, TimeProvider time)
    {
        _readings = readings;
        _time = time;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start(backlog: 8);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Serves until cancelled or disposed.</summary>
    public async Task RunAsync(CancellationToken token)
    {
        while (!token.IsCancellationRequested)
        {
            using var socket = await _listener.AcceptSocketAsync(token);
            using var limit = new CancellationTokenSource(TimeLimit, _time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(token, limit.Token);
            try
            {
                await ServeAsync(socket, both.Token);
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                // A scraper that goes away or dawdles costs its own answer only.
                token.ThrowIfCancellationRequested();
            }
        }
    }

    public void Dispose() => _listener.Dispose();

    private async ValueTask ServeAsync(Socket socket, CancellationToken token)
    {
        var head = new byte[LongestHead];
        var length = 0;
        while (!head.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
        {
            var read = length < LongestHead ? await socket.ReceiveAsync(head.AsMemory(length), token) : 0;
            if (read == 0)
            {
                return;
            }

            length += read;
        }

        await SendAsync(socket, Answer(head.AsSpan(0, length)), token);
        socket.Shutdown(SocketShutdown.Both);
    }

    private byte[] Answer(ReadOnlySpan<byte> head)
    {
        var line = head[..head.IndexOf((byte)'\r')];
        var (status, body) = line.StartsWith("GET /metrics "u8) || line.StartsWith("GET /metrics?"u8)
            ? ("200 OK", MetricsPage.Write(_readings.Read()))
            : line.StartsWith("GET "u8) ? ("404 Not Found", "try /metrics\n") : ("405 Method Not Allowed", "GET only\n");
        return Encoding.UTF8.GetBytes(
            $"HTTP/1.1 {status}\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");
    }

    private static async ValueTask SendAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken token)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes, token)..];
        }
    }
}
