using System.Net;
using System.Net.Sockets;

namespace NocMonitor.Probes.Tests.Tcp;

/// <summary>A server on a free loopback port that does to each connection what the test says.</summary>
internal sealed class ScriptedTcpPeer : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _accepted = new(0);
    private readonly Task _serving;

    public ScriptedTcpPeer(Func<Socket, CancellationToken, Task> script)
        : this(IPAddress.Loopback, script)
    {
    }

    public ScriptedTcpPeer(IPAddress address, Func<Socket, CancellationToken, Task> script)
    {
        _listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(address, 0));
        _listener.Listen();
        _serving = ServeAsync(script);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public Task AcceptedAsync(CancellationToken token) => _accepted.WaitAsync(token);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
    }

    /// <summary>A port of the loopback address on which nobody listens.</summary>
    public static int ClosedPort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private async Task ServeAsync(Func<Socket, CancellationToken, Task> script)
    {
        try
        {
            while (true)
            {
                using var connection = await _listener.AcceptAsync(_stop.Token);
                _accepted.Release();
                await script(connection, _stop.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            Assert.That(_stop.IsCancellationRequested || exception is SocketException, Is.True, exception.ToString());
        }
    }
}
