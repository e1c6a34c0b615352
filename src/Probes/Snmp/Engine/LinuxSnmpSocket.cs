using System.Net.Sockets;
using System.Runtime.InteropServices;
using NocMonitor.Probes.Ping;
using NocMonitor.Probes.Sockets;
using static NocMonitor.Probes.Sockets.LinuxSocketCalls;

namespace NocMonitor.Probes.Snmp.Engine;

/// <summary>
/// By Linux's own calls: many datagrams are received at once, and sending never blocks, as it would for all devices when the network lets one of them wait. An unconnected socket without
/// IP_RECVERR is not told of closed ports, so that no device's refusal reaches another's call.
/// </summary>
internal sealed unsafe class LinuxSnmpSocket : ISnmpSocket
{
    private const int BatchSize = 32;
    private const int LargestDatagram = 65_536;

    private readonly Socket _socket;
    private readonly ReceiveBatch _batch;
    private readonly byte[] _own;
    private volatile bool _stopped;

    public LinuxSnmpSocket(Socket bound)
    {
        _socket = bound;
        _own = SnmpSockets.OwnAddress(_socket);
        _batch = new ReceiveBatch(BatchSize, LargestDatagram);
    }

    public bool HasUnread { get; private set; }

    public int ReceiveBuffer => _socket.ReceiveBufferSize;

    public int Receive()
    {
        while (!_stopped)
        {
            var count = _batch.Receive(_socket.SafeHandle, WaitForOne);
            if (count > 0)
            {
                HasUnread = count == BatchSize;
                return count;
            }
        }

        return -1;
    }

    public Span<byte> Datagram(int index) => _batch.Message(index);

    public ReadOnlySpan<byte> Source(int index) => _batch.Name(index);

    public SendFate Send(ReadOnlySpan<byte> datagram, ReadOnlySpan<byte> to, out string reason)
    {
        reason = "";
        var error = Send(datagram, to);
        // A socket may report the error of an earlier datagram at the next call; what fails twice is about this one.
        if (error is not 0 and not EAgain and not ENoBufs)
        {
            error = Send(datagram, to);
        }

        if (error == 0)
        {
            return SendFate.Sent;
        }

        reason = SendError.Describe(error).Reason;
        return SendError.IsPassing(error) ? SendFate.Busy : SendFate.Failed;
    }

    public void Wake()
    {
        try
        {
            _ = Send([], _own);
        }
        catch (ObjectDisposedException)
        {
            // Nobody is left to be woken.
        }
    }

    // Shutting an unconnected socket down is an error to the caller and still wakes whoever receives.
    public void Stop()
    {
        _stopped = true;
        _ = Shutdown(_socket.SafeHandle, how: 2);
    }

    public void Dispose() => _socket.Dispose();

    private int Send(ReadOnlySpan<byte> datagram, ReadOnlySpan<byte> to)
    {
        fixed (byte* data = datagram)
        fixed (byte* address = to)
        {
            var sent = SendTo(_socket.SafeHandle, data, (nuint)datagram.Length, DoNotWait, address, (uint)to.Length);
            return sent >= 0 ? 0 : Marshal.GetLastPInvokeError();
        }
    }
}
