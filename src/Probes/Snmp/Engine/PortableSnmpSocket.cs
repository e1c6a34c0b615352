using System.Net;
using System.Net.Sockets;

namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>By .NET's calls, for Windows and others: one datagram a call.</summary>
internal sealed class PortableSnmpSocket : ISnmpSocket
{
    // SIO_UDP_CONNRESET: without it a closed port makes the next receive fail, whichever device that is about.
    private const int ReportClosedPorts = -1744830452;

    private readonly Socket _socket;
    private readonly byte[] _own;
    private readonly byte[] _datagram = new byte[65_536];
    private readonly SocketAddress _source;
    private readonly SocketAddress _target;
    private int _length;
    private volatile bool _stopped;

    public PortableSnmpSocket(Socket bound)
    {
        _socket = bound;
        if (OperatingSystem.IsWindows())
        {
            _socket.IOControl(ReportClosedPorts, [0, 0, 0, 0], null);
        }

        _own = SnmpSockets.OwnAddress(_socket);
        _source = new SocketAddress(bound.AddressFamily);
        _target = new SocketAddress(bound.AddressFamily);
    }

    public bool HasUnread
    {
        get
        {
            try
            {
                return _socket.Available > 0;
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return false;
            }
        }
    }

    public int ReceiveBuffer => _socket.ReceiveBufferSize;

    public int Receive()
    {
        while (!_stopped)
        {
            try
            {
                _length = _socket.ReceiveFrom(_datagram, SocketFlags.None, _source);
                return 1;
            }
            catch (SocketException) when (!_stopped)
            {
                // About one datagram (a closed port, one that is too large): the socket is as good as before.
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return -1;
            }
        }

        return -1;
    }

    public Span<byte> Datagram(int index) => _datagram.AsSpan(0, _length);

    public ReadOnlySpan<byte> Source(int index) => _source.Buffer.Span[.._source.Size];

    public SendFate Send(ReadOnlySpan<byte> datagram, ReadOnlySpan<byte> to, out string reason)
    {
        reason = "";
        to.CopyTo(_target.Buffer.Span);
        _target.Size = to.Length;
        try
        {
            _socket.SendTo(datagram, SocketFlags.None, _target);
            return SendFate.Sent;
        }
        catch (SocketException exception)
        {
            reason = exception.Message;
            return exception.SocketErrorCode is SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable ? SendFate.Busy : SendFate.Failed;
        }
        catch (ObjectDisposedException)
        {
            reason = "the socket was closed";
            return SendFate.Failed;
        }
    }

    public void Wake()
    {
        var own = new SocketAddress(_socket.AddressFamily, _own.Length);
        _own.CopyTo(own.Buffer);
        try
        {
            _socket.SendTo([], SocketFlags.None, own);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Nobody is left to be woken, or what fills the buffer wakes the receiver anyway.
        }
    }

    public void Stop()
    {
        _stopped = true;
        _socket.Dispose();
    }

    public void Dispose() => _socket.Dispose();
}
