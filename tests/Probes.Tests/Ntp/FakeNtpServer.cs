using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace NocMonitor.Probes.Tests.Ntp;

/// <summary>An NTP server on a free loopback port whose clock and manners the test sets.</summary>
internal sealed class FakeNtpServer : IAsyncDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _asked = new(0);
    private readonly Task _serving;

    /// <param name="answer">The datagrams that answer a request.</param>
    public FakeNtpServer(Func<byte[], IEnumerable<byte[]>> answer)
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _serving = ServeAsync(answer);
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public int Requests { get; private set; }

    public Task AskedAsync(CancellationToken token) => _asked.WaitAsync(token);

    /// <summary>A good answer of a stratum 2 server whose clock shows this time.</summary>
    public static byte[] Answer(byte[] request, DateTimeOffset clock)
    {
        var message = new byte[48];
        message[0] = 0x24;
        message[1] = 2;
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), 0x8000);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(8), 0x4000);
        new byte[] { 192, 0, 2, 123 }.CopyTo(message, 12);
        request.AsSpan(40, 8).CopyTo(message.AsSpan(24));
        WriteTime(message.AsSpan(32), clock);
        WriteTime(message.AsSpan(40), clock);
        return message;
    }

    /// <summary>RFC 5905: seconds since 1900 without their era, and a fraction.</summary>
    public static void WriteTime(Span<byte> output, DateTimeOffset time)
    {
        var ticks = time.UtcTicks - new DateTimeOffset(1900, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;
        BinaryPrimitives.WriteUInt32BigEndian(output, unchecked((uint)(ticks / TimeSpan.TicksPerSecond)));
        BinaryPrimitives.WriteUInt32BigEndian(output[4..], (uint)((UInt128)(ulong)(ticks % TimeSpan.TicksPerSecond) * 4294967296 / TimeSpan.TicksPerSecond));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync(Func<byte[], IEnumerable<byte[]>> answer)
    {
        var buffer = new byte[1024];
        try
        {
            while (true)
            {
                var request = await _socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                Requests++;
                foreach (var message in answer(buffer[..request.ReceivedBytes]))
                {
                    await _socket.SendToAsync(message, request.RemoteEndPoint, _stop.Token);
                }

                _asked.Release();
            }
        }
        catch (OperationCanceledException)
        {
            Assert.That(_stop.IsCancellationRequested, Is.True);
        }
    }
}
