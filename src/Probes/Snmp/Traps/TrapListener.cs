using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using NocMonitor.Probes.Snmp.Engine;
using NocMonitor.Probes.Snmp.Protocol;

namespace NocMonitor.Probes.Snmp.Traps;

/// <summary>
/// The socket and its thread. What cannot be bound is tried again each second until it can: after a reload the listener before may still hold the port. The
/// thread alone uses the receiver. The fields below the lock are guarded by it.
/// </summary>
internal sealed class TrapListener : IDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly SnmpTrapOptions _options;
    private readonly TrapReceiver _receiver;
    private readonly ILogger _log;
    private readonly ITimer _timer;
    // The thread's: what failed last, to log it once.
    private string? _failure;

    private readonly Lock _lock = new();
    private ISnmpSocket? _socket;
    private Thread? _thread;
    private string? _reason = "not listening yet";
    private bool _isDisposed;

    public TrapListener(SnmpTrapOptions options, TrapReceiver receiver, TimeProvider time, ILogger log)
    {
        _options = options;
        _receiver = receiver;
        _log = log;
        _timer = time.CreateTimer(static listener => ((TrapListener)listener!).Bind(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Why nothing is received; null when it is.</summary>
    public string? Reason
    {
        get
        {
            lock (_lock)
            {
                return _reason;
            }
        }
    }

    private string EndPoint => $"{(_options.Address is { } address ? new IPEndPoint(address, _options.Port) : $"UDP port {_options.Port}")}";

    /// <summary>Binds now, or as soon as it can be.</summary>
    public void Start() => Bind();

    public void Dispose()
    {
        Thread? thread;
        lock (_lock)
        {
            _isDisposed = true;
            thread = _thread;
            _socket?.Stop();
            _socket?.Wake();
        }

        thread?.Join();
        _timer.Dispose();
        _socket?.Dispose();
    }

    private void Bind()
    {
        lock (_lock)
        {
            if (_isDisposed || _thread is not null)
            {
                return;
            }

            try
            {
                var bound = Open();
                TrapLog.Listening(_log, bound.LocalEndPoint!.ToString()!, bound.ReceiveBufferSize);
                _socket = SnmpSockets.Open(bound);
                _reason = null;
                _thread = new Thread(Run) { IsBackground = true, Name = "snmp-trap" };
                _thread.Start();
            }
            catch (SocketException exception)
            {
                if (_reason != exception.Message)
                {
                    _reason = exception.Message;
                    TrapLog.CannotListen(_log, EndPoint, exception.Message);
                }

                _timer.Change(RetryInterval, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private Socket Open()
    {
        var address = _options.Address ?? (Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any);
        var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp)
        {
            ReceiveBufferSize = (int)Math.Min(_options.ReceiveBuffer, int.MaxValue),
        };
        try
        {
            if (address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(new IPEndPoint(address, _options.Port));
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    private void Run()
    {
        var socket = _socket!;
        var reply = new byte[SnmpMessage.LargestSize];
        while (socket.Receive() is var count and >= 0)
        {
            for (var i = 0; i < count; i++)
            {
                TakeSafely(socket, i, reply);
            }
        }
    }

    /// <summary>The one place where any exception of the receiver ends: it costs its datagram, never the receiving.</summary>
    private void TakeSafely(ISnmpSocket socket, int index, byte[] reply)
    {
        try
        {
            Take(socket, index, reply);
        }
        catch (Exception exception)
        {
            _receiver.Counters.CountFailure();
            if (_failure != exception.Message)
            {
                _failure = exception.Message;
                TrapLog.Failed(_log, EndPoint, exception);
            }
        }
    }

    private void Take(ISnmpSocket socket, int index, byte[] reply)
    {
        var source = socket.Source(index);
        var datagram = socket.Datagram(index);
        var length = _receiver.Take(datagram, SourceAddress.Read(source), reply);
        if (length > 0 && socket.Send(reply.AsSpan(reply.Length - length), source, out _) != SendFate.Sent)
        {
            _receiver.Counters.CountReplyFailure();
        }
    }
}
