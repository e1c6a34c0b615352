using System.Net;
using System.Net.Sockets;

namespace NocMonitor.Probes.Tests.Dns;

/// <summary>A DNS server on a free loopback port, UDP and TCP, that answers each query with whatever messages the test makes of it.</summary>
internal sealed class FakeDnsServer : IAsyncDisposable
{
    private readonly Socket _udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Socket _tcp = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _asked = new(0);
    private readonly Task[] _serving;

    /// <param name="udp">The datagrams that answer a query; none leaves it unanswered.</param>
    /// <param name="tcp">The bytes that answer a query over TCP, length prefix included; null closes the listener.</param>
    public FakeDnsServer(Func<byte[], IEnumerable<byte[]>> udp, Func<byte[], byte[]>? tcp = null)
    {
        _udp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Port = ((IPEndPoint)_udp.LocalEndPoint!).Port;
        var serveTcp = Task.CompletedTask;
        if (tcp is not null)
        {
            _tcp.Bind(new IPEndPoint(IPAddress.Loopback, Port));
            _tcp.Listen();
            serveTcp = ServeAsync(() => AnswerTcpAsync(tcp));
        }

        _serving = [ServeAsync(() => AnswerUdpAsync(udp)), serveTcp];
    }

    public int Port { get; }

    public Task AskedAsync(CancellationToken token) => _asked.WaitAsync(token);

    /// <summary>A message as TCP carries it.</summary>
    public static byte[] Framed(byte[] message) => [.. DnsAnswer.U16(message.Length), .. message];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_serving);
        _udp.Dispose();
        _tcp.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync(Func<Task> answer)
    {
        try
        {
            while (true)
            {
                await answer();
            }
        }
        catch (OperationCanceledException)
        {
            Assert.That(_stop.IsCancellationRequested, Is.True);
        }
    }

    private async Task AnswerUdpAsync(Func<byte[], IEnumerable<byte[]>> answers)
    {
        var buffer = new byte[4096];
        var received = await _udp.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
        foreach (var message in answers(buffer[..received.ReceivedBytes]))
        {
            await _udp.SendToAsync(message, received.RemoteEndPoint, _stop.Token);
        }

        _asked.Release();
    }

    private async Task AnswerTcpAsync(Func<byte[], byte[]> answer)
    {
        using var connection = await _tcp.AcceptAsync(_stop.Token);
        var buffer = new byte[4096];
        var length = await connection.ReceiveAsync(buffer, _stop.Token);
        await connection.SendAsync(answer(buffer[2..length]), _stop.Token);
        connection.Shutdown(SocketShutdown.Send);
    }
}
